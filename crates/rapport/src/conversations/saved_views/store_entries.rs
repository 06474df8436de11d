//! SQL of what is in saved views: entries, their counts, and how far the log was followed.

use platform::{
    clock::Moment,
    events::Position,
    params,
    store::{Result, Row, Tx},
};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    ids::{ConversationId, SavedViewId},
    viewer::Viewer,
};

/// What an entry is counted under; the nil id stands for nobody and nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) brand: Uuid,
    pub(super) inbox: Uuid,
    pub(super) location: Uuid,
    pub(super) team: Uuid,
    pub(super) assignee: Uuid,
}

/// How a conversation stands in a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) for_assignee: bool,
    pub(super) for_others: bool,
    pub(super) sort_key: i64,
    pub(super) due_at: Option<Moment>,
    pub(super) group: Group,
}

fn read(row: &Row<'_>) -> Result<Entry> {
    Ok(Entry {
        for_assignee: row.get("for_assignee")?,
        for_others: row.get("for_others")?,
        sort_key: row.get("sort_key")?,
        due_at: row.get("due_at")?,
        group: Group {
            brand: row.get("brand_id")?,
            inbox: row.get("inbox_id")?,
            location: row.get("location_id")?,
            team: row.get("team_id")?,
            assignee: row.get("assignee_id")?,
        },
    })
}

/// Every entry of a conversation.
pub(super) fn of(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<(SavedViewId, Entry)>> {
    tx.all(
        "SELECT view_id, for_assignee, for_others, sort_key, due_at, brand_id, inbox_id, location_id, team_id, assignee_id FROM saved_view_entry WHERE conversation_id = $1",
        params![id],
        |row| Ok((row.get("view_id")?, read(row)?)),
    )
}

/// Writes how a conversation stands in a view now, and moves the counts with it. `before` is what stands there.
pub(super) fn keep(tx: &mut Tx<'_>, view: SavedViewId, conversation: ConversationId, before: Option<&Entry>, after: Option<&Entry>) -> Result<()> {
    match (before, after) {
        (_, Some(entry)) => {
            tx.exec(
                "INSERT INTO saved_view_entry (view_id, conversation_id, for_assignee, for_others, sort_key, due_at, brand_id, inbox_id, location_id, team_id, assignee_id)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                 ON CONFLICT (view_id, conversation_id) DO UPDATE SET for_assignee = excluded.for_assignee, for_others = excluded.for_others, sort_key = excluded.sort_key,
                   due_at = excluded.due_at, brand_id = excluded.brand_id, inbox_id = excluded.inbox_id, location_id = excluded.location_id, team_id = excluded.team_id,
                   assignee_id = excluded.assignee_id",
                params![view, conversation, entry.for_assignee, entry.for_others, entry.sort_key, entry.due_at, entry.group.brand, entry.group.inbox, entry.group.location, entry.group.team, entry.group.assignee],
            )?;
        }
        (Some(_), None) => {
            tx.exec("DELETE FROM saved_view_entry WHERE view_id = $1 AND conversation_id = $2", params![view, conversation])?;
        }
        (None, None) => {}
    }
    let counted = |entry: Option<&Entry>| entry.map(|entry| (entry.group, entry.for_assignee, entry.for_others)).filter(|(_, mine, others)| *mine || *others);
    let (before, after) = (counted(before), counted(after));
    if before != after {
        before.map_or(Ok(()), |(group, mine, others)| count(tx, view, &group, -i64::from(mine), -i64::from(others)))?;
        after.map_or(Ok(()), |(group, mine, others)| count(tx, view, &group, i64::from(mine), i64::from(others)))?;
    }
    Ok(())
}

fn count(tx: &mut Tx<'_>, view: SavedViewId, group: &Group, for_assignee: i64, for_others: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO saved_view_count (view_id, brand_id, inbox_id, location_id, team_id, assignee_id, for_assignee, for_others) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (view_id, assignee_id, inbox_id, brand_id, location_id, team_id)
         DO UPDATE SET for_assignee = saved_view_count.for_assignee + excluded.for_assignee, for_others = saved_view_count.for_others + excluded.for_others",
        params![view, group.brand, group.inbox, group.location, group.team, group.assignee, for_assignee, for_others],
    )
    .map(drop)
}

/// How many of each view the viewer may see.
pub(super) fn counts(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<(SavedViewId, i64)>> {
    let (all, who) = viewer.sight();
    tx.all(
        concat!(
            "SELECT k.view_id, CAST(sum(CASE WHEN k.assignee_id = $2 THEN k.for_assignee ELSE k.for_others END) AS bigint) AS n FROM saved_view_count k WHERE ",
            crate::visible!("k"),
            " GROUP BY k.view_id"
        ),
        params![all, who],
        |row| Ok((row.get("view_id")?, row.get("n")?)),
    )
}

/// How many conversations are in a view, whoever looks.
pub(super) fn size(tx: &mut Tx<'_>, view: SavedViewId) -> Result<i64> {
    tx.one(
        "SELECT CAST(COALESCE(sum(CASE WHEN for_assignee > for_others THEN for_assignee ELSE for_others END), 0) AS bigint) AS n FROM saved_view_count WHERE view_id = $1",
        params![view],
        |row| row.get("n"),
    )
}

/// Conversations that the clock may have moved, and the earliest time at which it will move another.
pub(super) fn due(tx: &mut Tx<'_>, now: Moment, limit: i64) -> Result<Vec<ConversationId>> {
    tx.all(
        "SELECT DISTINCT conversation_id FROM (SELECT conversation_id FROM saved_view_entry WHERE due_at <= $1 ORDER BY due_at LIMIT $2) due",
        params![now, limit],
        |row| row.get("conversation_id"),
    )
}

/// Takes some entries of a view away; whether there are more.
pub(super) fn remove_some(tx: &mut Tx<'_>, view: SavedViewId) -> Result<bool> {
    let gone = tx.exec(
        "DELETE FROM saved_view_entry WHERE view_id = $1 AND conversation_id IN (SELECT conversation_id FROM saved_view_entry WHERE view_id = $1 LIMIT 2000)",
        params![view],
    )?;
    if gone == 0 {
        tx.exec("DELETE FROM saved_view_count WHERE view_id = $1", params![view])?;
    }
    Ok(gone > 0)
}

/// Whether a view has entries.
pub(super) fn has_any(tx: &mut Tx<'_>, view: SavedViewId) -> Result<bool> {
    Ok(tx.opt("SELECT 1 AS there FROM saved_view_entry WHERE view_id = $1 LIMIT 1", params![view], |_| Ok(()))?.is_some())
}

/// A page of a view as the viewer sees it: places and conversations, after a place.
pub(super) fn page(tx: &mut Tx<'_>, viewer: &Viewer, view: SavedViewId, after: (i64, ConversationId), limit: i64) -> Result<Vec<(i64, ConversationId)>> {
    let (all, who) = viewer.sight();
    tx.all(
        concat!(
            "SELECT e.sort_key, e.conversation_id FROM saved_view_entry e JOIN conversation c ON c.id = e.conversation_id WHERE e.view_id = $5 AND (e.sort_key, e.conversation_id) > ($3, $4)
             AND CASE WHEN e.assignee_id = $2 THEN e.for_assignee ELSE e.for_others END AND ",
            crate::visible!("c"),
            " ORDER BY e.sort_key, e.conversation_id LIMIT $6"
        ),
        params![all, who, after.0, after.1, view, limit],
        |row| Ok((row.get("sort_key")?, row.get("conversation_id")?)),
    )
}

/// A view that a conversation is in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FiledIn {
    /// Which view.
    pub id: SavedViewId,
    /// Whether it is in it for whoever it is assigned to.
    pub for_assignee: bool,
    /// Whether it is in it for everybody else.
    pub for_others: bool,
}

/// The views a conversation is in.
pub fn filed_in(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<FiledIn>> {
    tx.all(
        "SELECT view_id, for_assignee, for_others FROM saved_view_entry WHERE conversation_id = $1 AND (for_assignee OR for_others) ORDER BY view_id",
        params![id],
        |row| Ok(FiledIn { id: row.get("view_id")?, for_assignee: row.get("for_assignee")?, for_others: row.get("for_others")? }),
    )
}

/// How far the log was followed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    pub(super) position: Position,
    pub(super) version: i64,
}

const NAME: &str = "log";

/// How far the log was followed; nothing before the first view.
pub(super) fn progress(tx: &mut Tx<'_>) -> Result<Option<Progress>> {
    tx.opt("SELECT position, version FROM saved_view_progress WHERE name = $1", params![NAME], |row| {
        Ok(Progress { position: row.get("position")?, version: row.get("version")? })
    })
}

/// Follows the log from here: what is there is scanned anyway.
pub(super) fn begin_at(tx: &mut Tx<'_>, position: Position) -> Result<()> {
    tx.exec(
        "INSERT INTO saved_view_progress (name, position, version) VALUES ($1, $2, 1) ON CONFLICT (name) DO UPDATE SET position = excluded.position, version = saved_view_progress.version + 1",
        params![NAME, position],
    )
    .map(drop)
}

/// Takes the follower from where it was found to a position; `false` when somebody else was there meanwhile: then nothing may be written.
pub(super) fn advance(tx: &mut Tx<'_>, found: Progress, position: Position) -> Result<bool> {
    let moved = tx
        .exec("UPDATE saved_view_progress SET position = $3, version = version + 1 WHERE name = $1 AND version = $2", params![NAME, found.version, position])?;
    Ok(moved == 1)
}

/// How the counts differ from the entries: views with a wrong count. For tests and repairs.
pub fn wrong_counts(tx: &mut Tx<'_>) -> Result<i64> {
    tx.one(
        "SELECT count(*) AS n FROM (SELECT view_id, brand_id, inbox_id, location_id, team_id, assignee_id FROM (
           SELECT view_id, brand_id, inbox_id, location_id, team_id, assignee_id, for_assignee AS mine, for_others AS others FROM saved_view_count
           UNION ALL
           SELECT view_id, brand_id, inbox_id, location_id, team_id, assignee_id, CASE WHEN for_assignee THEN -1 ELSE 0 END AS mine, CASE WHEN for_others THEN -1 ELSE 0 END AS others FROM saved_view_entry
         ) both_sides GROUP BY view_id, brand_id, inbox_id, location_id, team_id, assignee_id HAVING sum(mine) <> 0 OR sum(others) <> 0) wrong",
        params![],
        |row| row.get("n"),
    )
}
