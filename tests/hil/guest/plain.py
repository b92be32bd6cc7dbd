"""What most projects do, to compare with: gpiozero's Button and Buzzer on lgpio.

    plain.py CHIP BUTTON BUZZER BOUNCE_SECONDS

Prints the monotonic time of every press that gpiozero reports.
"""

import signal
import sys
import threading
import time

from gpiozero import Button, Buzzer
from gpiozero.pins.lgpio import LGPIOFactory


def main(chip: int, button_pin: int, buzzer_pin: int, bounce: float) -> None:
    """Sound for 60 ms at each press until SIGTERM."""
    factory = LGPIOFactory(chip=chip)
    buzzer = Buzzer(buzzer_pin, pin_factory=factory)
    button = Button(button_pin, bounce_time=bounce, pin_factory=factory)

    def sound() -> None:
        buzzer.on()
        print(f"{time.monotonic():.6f}", flush=True)
        threading.Timer(0.06, buzzer.off).start()

    button.when_pressed = sound
    print("ready", flush=True)
    signal.sigwait({signal.SIGTERM})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    chip, button, buzzer = (int(number) for number in sys.argv[1:4])
    main(chip, button, buzzer, float(sys.argv[4]))
