"""The words that the rooms talk in: the types between station, panel, clock and checks."""
