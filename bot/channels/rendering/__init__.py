"""One pure module a messenger: a reply in, the messages that its provider takes out."""
