DELETE FROM hub.nodes WHERE id = $1
