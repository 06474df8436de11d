//! SQL of the kept counts: how many conversations per brand, inbox, location, team, assignee and status, in shards.

use platform::{
    params,
    store::{Result, Tx},
};
use uuid::Uuid;

use super::{assignment, model::Status};
use crate::{
    ids::{AgentId, TeamId},
    viewer::{Scope, Viewer},
};

/// Shards keep writers of one busy key apart where the engine has several writers.
pub(super) const SHARDS: u8 = 8;

/// What a conversation is counted under; the nil id stands for nobody and nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Key {
    brand: Uuid,
    inbox: Uuid,
    location: Uuid,
    team: Uuid,
    assignee: Uuid,
    status: Status,
}

impl Key {
    pub(super) fn of(scope: &Scope, assignee: Option<AgentId>, status: Status) -> Key {
        Key {
            brand: scope.brand_id.0,
            inbox: scope.inbox_id.0,
            location: scope.location_id.map_or(Uuid::nil(), |id| id.0),
            team: scope.team_id.map_or(Uuid::nil(), |id| id.0),
            assignee: assignee.map_or(Uuid::nil(), |id| id.0),
            status,
        }
    }
}

/// Moves one conversation from one count to another.
pub(super) fn recount(tx: &mut Tx<'_>, conversation: Uuid, before: Option<&Key>, after: Option<&Key>) -> Result<()> {
    if before == after {
        return Ok(());
    }
    let shard = i64::from(conversation.as_bytes()[15] % SHARDS);
    if let Some(before) = before {
        add(tx, before, shard, -1)?;
    }
    after.map_or(Ok(()), |after| add(tx, after, shard, 1))
}

fn add(tx: &mut Tx<'_>, key: &Key, shard: i64, n: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO conversation_count (brand_id, inbox_id, location_id, team_id, assignee_id, status, shard, n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (status, assignee_id, inbox_id, brand_id, location_id, team_id, shard) DO UPDATE SET n = conversation_count.n + excluded.n",
        params![key.brand, key.inbox, key.location, key.team, key.assignee, key.status, shard, n],
    )
    .map(drop)
}

/// Sums of what the viewer may see.
pub(super) struct Sums {
    pub(super) mine: i64,
    pub(super) unassigned: i64,
    pub(super) all: i64,
    pub(super) snoozed: i64,
    pub(super) teams: Vec<(TeamId, i64)>,
}

pub(super) fn sums(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Sums> {
    let (all, who) = viewer.sight();
    let mut sums = Sums { mine: 0, unassigned: 0, all: 0, snoozed: 0, teams: Vec::new() };
    tx.each(
        concat!(
            "SELECT k.status, k.assignee_id, k.team_id, CAST(sum(k.n) AS bigint) AS n FROM conversation_count k WHERE k.status IN ('open', 'waiting', 'snoozed') AND ",
            crate::visible!("k"),
            " GROUP BY k.status, k.assignee_id, k.team_id"
        ),
        params![all, who],
        |row| {
            let (status, assignee, team, n): (Status, Uuid, Uuid, i64) = (row.get("status")?, row.get("assignee_id")?, row.get("team_id")?, row.get("n")?);
            if status == Status::Snoozed {
                sums.snoozed += n;
                return Ok(());
            }
            sums.all += n;
            sums.mine += if assignee == who { n } else { 0 };
            sums.unassigned += if assignee.is_nil() { n } else { 0 };
            if !team.is_nil() && n != 0 {
                match sums.teams.iter_mut().find(|(id, _)| id.0 == team) {
                    Some((_, sum)) => *sum += n,
                    None => sums.teams.push((TeamId(team), n)),
                }
            }
            Ok(())
        },
    )?;
    Ok(sums)
}

/// How many keys and loads are wrong: their count differs from the rows.
pub fn wrong(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(wrong_keys(tx)? + assignment::wrong_loads(tx)?)
}

fn wrong_keys(tx: &mut Tx<'_>) -> Result<i64> {
    tx.one(
        "SELECT count(*) AS n FROM (
           SELECT brand_id, inbox_id, location_id, team_id, assignee_id, status, sum(n) AS n FROM (
             SELECT brand_id, inbox_id, location_id, team_id, assignee_id, status, n FROM conversation_count
             UNION ALL
             SELECT brand_id, inbox_id, COALESCE(location_id, $1) AS location_id, COALESCE(team_id, $1) AS team_id, COALESCE(assignee_id, $1) AS assignee_id, status, -1 AS n FROM conversation WHERE merged_into IS NULL
           ) both_counts GROUP BY brand_id, inbox_id, location_id, team_id, assignee_id, status HAVING sum(n) <> 0) wrong",
        params![Uuid::nil()],
        |row| row.get("n"),
    )
}

/// Counts everything anew; how many keys had been wrong. For repairs and for tests.
pub fn rebuild(tx: &mut Tx<'_>) -> Result<i64> {
    let wrong = wrong(tx)?;
    assignment::rebuild_loads(tx)?;
    tx.exec("DELETE FROM conversation_count", params![])?;
    tx.exec(
        "INSERT INTO conversation_count (brand_id, inbox_id, location_id, team_id, assignee_id, status, shard, n)
         SELECT brand_id, inbox_id, COALESCE(location_id, $1), COALESCE(team_id, $1), COALESCE(assignee_id, $1), status, 0, count(*) FROM conversation WHERE merged_into IS NULL
         GROUP BY brand_id, inbox_id, COALESCE(location_id, $1), COALESCE(team_id, $1), COALESCE(assignee_id, $1), status",
        params![Uuid::nil()],
    )?;
    Ok(wrong)
}
