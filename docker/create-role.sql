-- Run once, when the database's volume is new: the hub's role may do what it likes in its own database and nothing beyond it.
\getenv password HUB_PASSWORD
CREATE ROLE flowpilot LOGIN PASSWORD :'password';
CREATE DATABASE flowpilot OWNER flowpilot;

-- Nobody enters as the superuser over the network.
ALTER ROLE postgres PASSWORD NULL;
