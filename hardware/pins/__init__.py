"""The pin factories for gpiozero, and the pins that they make."""
