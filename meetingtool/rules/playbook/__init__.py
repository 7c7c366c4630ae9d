"""The playbook: its order, and making role-plays."""
