//! Fills a data folder with conversations by direct SQL, through the schema and the rows that the product itself made.

use std::path::Path;

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::http::{Http, send};
use crate::product::House;
use crate::socket::session;
use crate::template::{Ids, Template};

/// Messages of each conversation.
const MESSAGES: i64 = 10;
/// Every contact has this many conversations.
const PER_CONTACT: u64 = 2;
const DAY_MICROS: i64 = 86_400_000_000;

/// So many agents answer, each an equal share; the one whose token is used is the first of them.
const AGENTS: u64 = 20;

/// Of every twenty conversations so many have this status: most are done, as in a real inbox.
const STATUSES: [(u64, &str, i64); 4] = [(4, "open", 0), (6, "waiting", 0), (7, "snoozed", 1), (20, "resolved", 2)];

/// A customer writes and an agent answers once, so that there is one row of each kind to clone.
pub async fn examples(house: &House) -> Result<()> {
    let product = house.open().await?;
    let mut http = Http::connect(product.address).await?;
    let visitor = session(&mut http, &house.inbox_key).await?;
    let body = "{\"text\":\"Hello, is the oak table back in stock, and could it come before the weekend?\"}";
    let asked = send("POST", "/api/v1/chat/messages", Some(&visitor), Some("seed-1"), body);
    let asked = http.exchange(&asked).await?.expect(201)?.json()?;
    let conversation = asked["conversation_id"].as_str().unwrap_or_default();
    let path = format!("/api/v1/conversations/{conversation}/replies");
    let body = "{\"text\":\"It is back. We can deliver it on Friday between nine and eleven.\"}";
    let answered = send("POST", &path, Some(&house.token), Some("seed-2"), body);
    http.exchange(&answered).await?.expect(201)?;
    product.stop(std::time::Duration::from_secs(10)).await?;
    Ok(())
}

/// Clones the examples until there are `conversations`, spread over the last year, then recounts the kept counts.
pub fn fill(database: &Path, conversations: u64) -> Result<()> {
    let connection = Connection::open(database)?;
    // Only this one run may lose its work: the folder is made anew each time.
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -262144;")?;
    let mut seed = Seed::load(&connection)?;
    let mut contact = Value::Null;
    for number in 0..conversations {
        if number.is_multiple_of(5_000) {
            connection.execute_batch(if number == 0 { "BEGIN" } else { "COMMIT; BEGIN" })?;
        }
        let created = seed.now - DAY_MICROS * 365 + (DAY_MICROS * 365 / i64::try_from(conversations)?) * i64::try_from(number)?;
        if number.is_multiple_of(PER_CONTACT) {
            contact = seed.contact(&connection, created, number)?;
        }
        seed.conversation(&connection, &contact, created, number)?;
    }
    connection.execute_batch("COMMIT")?;
    recount(&connection)?;
    connection.execute_batch("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(())
}

struct Seed {
    contact: Template,
    conversation: Template,
    inbound: Template,
    reply: Template,
    participant: Template,
    read: Template,
    agents: Vec<Value>,
    now: i64,
    ids: Ids,
}

impl Seed {
    fn load(connection: &Connection) -> Result<Self> {
        let reply = Template::load(connection, "message", "kind = 'reply' ORDER BY id")?;
        let mut ids = Ids::default();
        Ok(Self {
            agents: colleagues(connection, reply.value("author_id")?.clone(), &mut ids)?,
            participant: Template::load(connection, "conversation_participant", "1")?,
            read: Template::load(connection, "conversation_read", "1")?,
            contact: Template::load(connection, "contact", "id IN (SELECT contact_id FROM conversation)")?,
            conversation: Template::load(connection, "conversation", "1")?,
            inbound: Template::load(connection, "message", "kind = 'inbound' ORDER BY id")?,
            reply,
            now: jiff::Timestamp::now().as_microsecond(),
            ids,
        })
    }

    fn id(&mut self, micros: i64) -> Value {
        Value::Blob(self.ids.at(u64::try_from(micros / 1_000).unwrap_or(0)))
    }

    fn contact(&mut self, connection: &Connection, created: i64, number: u64) -> Result<Value> {
        let id = self.id(created);
        let contact = &mut self.contact;
        contact.set("id", id.clone())?;
        contact.set("name", format!("Customer {number}"))?;
        contact.set("name_key", format!("customer {number}"))?;
        contact.set("conversation_count", i64::try_from(PER_CONTACT)?)?;
        contact.set("created_at", created)?;
        contact.set("first_seen_at", created)?;
        contact.set("last_seen_at", created)?;
        contact.insert(connection)?;
        Ok(id)
    }

    fn conversation(&mut self, connection: &Connection, contact: &Value, created: i64, number: u64) -> Result<()> {
        let id = self.id(created);
        let (_, status, shelf) = STATUSES[STATUSES.iter().position(|(below, ..)| number % 20 < *below).unwrap_or(3)];
        let last = created + MESSAGES * 60_000_000;
        // Not by the number itself: it decides the status too, and every agent must have some of each.
        let agent = self.agents[usize::try_from(number / STATUSES[3].0 % AGENTS)?].clone();
        let row = &mut self.conversation;
        row.set("id", id.clone())?;
        row.set("number", i64::try_from(number)? + 1_000)?;
        row.set("contact_id", contact.clone())?;
        row.set("status", status.to_owned())?;
        row.set("shelf", shelf)?;
        row.set("assignee_id", if number.is_multiple_of(3) { agent.clone() } else { Value::Null })?;
        row.set("last_seq", MESSAGES)?;
        row.set("inbound_count", MESSAGES / 2)?;
        row.set("created_at", created)?;
        row.set("last_activity_at", last)?;
        row.set("snoozed_until", if status == "snoozed" { Value::Integer(self.now + DAY_MICROS) } else { Value::Null })?;
        row.set("waiting_since", if status == "open" { Value::Integer(last) } else { Value::Null })?;
        row.set("resolved_at", if status == "resolved" { Value::Integer(last) } else { Value::Null })?;
        row.insert(connection)?;
        for seq in 1..=MESSAGES {
            let at = created + seq * 60_000_000;
            let message_id = self.id(at);
            let message = if seq % 2 == 1 { &mut self.inbound } else { &mut self.reply };
            message.set("id", message_id)?;
            message.set("conversation_id", id.clone())?;
            message.set("seq", seq)?;
            message.set("created_at", at)?;
            message.set_if_there("client_key", Value::Null);
            if seq % 2 == 0 {
                message.set("author_id", agent.clone())?;
            }
            message.insert(connection)?;
        }
        // What an agent's reply leaves behind besides the message.
        for row in [&mut self.participant, &mut self.read] {
            row.set("conversation_id", id.clone())?;
            row.set("agent_id", agent.clone())?;
            row.set_if_there("is_open", i64::from(shelf < 2));
            row.insert(connection)?;
        }
        Ok(())
    }
}

/// The first agent, and clones of them with other addresses.
fn colleagues(connection: &Connection, first: Value, ids: &mut Ids) -> Result<Vec<Value>> {
    let mut agent = Template::load(connection, "agent", "id IN (SELECT author_id FROM message WHERE kind = 'reply')")?;
    let mut agents = vec![first];
    for number in 1..AGENTS {
        let id = Value::Blob(ids.at(number));
        agent.set("id", id.clone())?;
        agent.set("email", format!("agent{number}@example.com"))?;
        agent.insert(connection)?;
        agents.push(id);
    }
    Ok(agents)
}

/// The kept counts and the loads of agents from the rows themselves, all in the first shard.
fn recount(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "DELETE FROM conversation_count;
         INSERT INTO conversation_count (brand_id, inbox_id, location_id, team_id, assignee_id, status, shard, n)
         SELECT brand_id, inbox_id, ifnull(location_id, zeroblob(16)), ifnull(team_id, zeroblob(16)),
                ifnull(assignee_id, zeroblob(16)), status, 0, count(*)
         FROM conversation GROUP BY 1, 2, 3, 4, 5, 6;
         DELETE FROM agent_load;
         INSERT INTO agent_load (agent_id, channel, n)
         SELECT assignee_id, channel, count(*) FROM conversation WHERE assignee_id IS NOT NULL AND shelf = 0 GROUP BY 1, 2;",
    )?;
    Ok(())
}
