"""What the web side of the staff area is made of, besides its routes: who asks, and from where."""
