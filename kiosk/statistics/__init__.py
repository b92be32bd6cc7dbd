"""How the station is used, told from the sums that the records keep; nothing personal is in it."""
