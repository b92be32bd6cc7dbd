"""What is kept: every session, and the running one."""
