"""The pages, one module for each subject; each lists its own routes in `PAGES`."""
