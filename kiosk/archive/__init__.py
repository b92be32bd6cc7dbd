"""The archive: takes ended sessions from a gym's broker, and puts them into its PostgreSQL."""
