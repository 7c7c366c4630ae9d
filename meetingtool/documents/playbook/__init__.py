"""Papers of the playbook, for the wall and the desk."""
