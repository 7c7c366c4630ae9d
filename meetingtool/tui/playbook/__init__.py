"""The mode Playbook."""
