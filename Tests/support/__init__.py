"""What the end-to-end tests are made of: the server as a process, clients, peers and faults. Standard library only."""
