//! What only the database can tell, read after the server has been stopped.

use std::path::Path;

use anyhow::{Context as _, Result};
use rapport_bench::product::House;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

/// What was counted, and every fault as a sentence.
#[derive(Debug, Default)]
pub struct Inspection {
    /// Events in the log.
    pub events: i64,
    /// What SQLite's own check says; "ok" when all is well.
    pub integrity: String,
    /// Holes in the log's positions.
    pub log: Vec<String>,
    /// Kept counts that differ from a recount.
    pub counts: Vec<String>,
    /// Conversations whose own numbers do not agree with their messages.
    pub conversations: Vec<String>,
}

/// Inspects the database file.
pub fn inspect(database: &Path) -> Result<Inspection> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE).with_context(|| format!("opening {}", database.display()))?;
    let (events, first, last) = connection.query_row("SELECT count(*), ifnull(min(position), 1), ifnull(max(position), 0) FROM event", [], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
    })?;
    let mut inspection = Inspection {
        events,
        integrity: connection.query_row("PRAGMA integrity_check", [], |row| row.get(0))?,
        counts: sentences(&connection, COUNTS)?,
        conversations: sentences(&connection, CONVERSATIONS)?,
        ..Inspection::default()
    };
    if first != 1 || last != events {
        inspection.log.push(format!("{events} events, positions {first} to {last}"));
    }
    Ok(inspection)
}

/// Every fault that `rapport doctor --deep` finds in an installation whose server has been stopped, each as a sentence.
pub fn doctor(house: &House) -> Result<Vec<String>> {
    // Its exit code says that there are findings; what they are stands in what it prints either way.
    let output = house.command(&["doctor", "--deep", "--json"]).output()?;
    let report: Value = serde_json::from_slice(&output.stdout).context("doctor --json")?;
    let checks = report["checks"].as_array().context("doctor --json without checks")?;
    Ok(checks.iter().filter(|check| check["status"] == "fault").map(|check| format!("doctor: {}", check["says"])).collect())
}

/// Keys whose kept count differs from the rows, over all shards.
const COUNTS: &str = "
    WITH kept AS (
      SELECT brand_id, inbox_id, location_id, team_id, assignee_id, status, sum(n) AS n
      FROM conversation_count GROUP BY 1, 2, 3, 4, 5, 6),
    real AS (
      SELECT brand_id, inbox_id, ifnull(location_id, zeroblob(16)) AS location_id, ifnull(team_id, zeroblob(16)) AS team_id,
             ifnull(assignee_id, zeroblob(16)) AS assignee_id, status, count(*) AS n
      FROM conversation GROUP BY 1, 2, 3, 4, 5, 6)
    SELECT 'status ' || status || ': ' || sum(CASE WHEN side = 'kept' THEN n ELSE 0 END) || ' kept, '
           || sum(CASE WHEN side = 'real' THEN n ELSE 0 END) || ' counted'
    FROM (SELECT 'kept' AS side, * FROM kept UNION ALL SELECT 'real', * FROM real)
    GROUP BY brand_id, inbox_id, location_id, team_id, assignee_id, status
    HAVING sum(CASE WHEN side = 'kept' THEN n ELSE -n END) <> 0";

/// Conversations that disagree with their messages.
const CONVERSATIONS: &str = "
    SELECT 'conversation ' || c.number || ': last_seq ' || c.last_seq || ' of ' || m.n || ' messages up to ' || m.top
           || ', inbound_count ' || c.inbound_count || ' of ' || m.inbound
    FROM conversation c JOIN (
      SELECT conversation_id, count(*) AS n, max(seq) AS top, sum(kind = 'inbound') AS inbound
      FROM message GROUP BY conversation_id) m ON m.conversation_id = c.id
    WHERE c.last_seq <> m.n OR m.top <> m.n OR c.inbound_count <> m.inbound
    UNION ALL
    SELECT 'conversation ' || number || ' has no message' FROM conversation
    WHERE id NOT IN (SELECT conversation_id FROM message)";

fn sentences(connection: &Connection, question: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare(question)?;
    let sentences = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(sentences)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small_database() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE conversation (id BLOB, number INTEGER, brand_id BLOB, inbox_id BLOB, location_id BLOB, team_id BLOB,
                   assignee_id BLOB, status TEXT, last_seq INTEGER, inbound_count INTEGER);
                 CREATE TABLE message (conversation_id BLOB, seq INTEGER, kind TEXT);
                 CREATE TABLE conversation_count (brand_id BLOB, inbox_id BLOB, location_id BLOB, team_id BLOB, assignee_id BLOB,
                   status TEXT, shard INTEGER, n INTEGER);
                 INSERT INTO conversation VALUES (x'01', 1, x'0b', x'0c', NULL, NULL, NULL, 'open', 2, 1);
                 INSERT INTO message VALUES (x'01', 1, 'inbound'), (x'01', 2, 'reply');
                 INSERT INTO conversation_count VALUES
                   (x'0b', x'0c', zeroblob(16), zeroblob(16), zeroblob(16), 'open', 0, 3),
                   (x'0b', x'0c', zeroblob(16), zeroblob(16), zeroblob(16), 'open', 1, -2);",
            )
            .unwrap();
        connection
    }

    #[test]
    fn shards_that_add_up_are_no_fault() {
        let connection = small_database();

        assert!(sentences(&connection, COUNTS).unwrap().is_empty());
        assert!(sentences(&connection, CONVERSATIONS).unwrap().is_empty());
    }

    #[test]
    fn a_count_that_was_moved_once_too_often_is_found_out() {
        let connection = small_database();
        connection.execute("UPDATE conversation_count SET n = n + 1 WHERE shard = 0", []).unwrap();

        assert_eq!(sentences(&connection, COUNTS).unwrap(), ["status open: 2 kept, 1 counted"]);
    }

    #[test]
    fn a_conversation_that_forgot_a_message_is_found_out() {
        let connection = small_database();
        connection.execute("INSERT INTO message VALUES (x'01', 3, 'inbound')", []).unwrap();

        assert_eq!(sentences(&connection, CONVERSATIONS).unwrap().len(), 1);
    }
}
