"""The panel beside the mat: button, buzzer and light on gpiozero."""
