"""Papers of the playbook: what hangs on the wall and stands on the desk."""
