"""Where everything is put together and commanded; the only room that sees `web` and `hardware`."""
