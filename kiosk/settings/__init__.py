"""What staff set."""
