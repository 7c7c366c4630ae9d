"""The mode Today."""
