"""The `rrr` command: the engines on files, without database or server.

Each module in rrr/cli/commands is a subcommand: `HELP` (one line), `EXAMPLE` (a command line), `arguments(parser)` and
`run(args) -> Result`. Nothing else is edited to add one. Heavy packages are imported inside `run`, so that `rrr --help` is quick.
"""
