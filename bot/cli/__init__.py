"""The `iec` command, one module for each subcommand."""
