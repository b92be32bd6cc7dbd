"""Who may enter the staff area: the PIN, wrong tries, and visits of people who are signed in."""
