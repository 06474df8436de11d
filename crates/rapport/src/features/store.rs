//! SQL of features.

use platform::{
    clock::Moment,
    params,
    store::{Result, Row, Tx},
};
use uuid::Uuid;

use super::{Feature, NewRow, Target};

/// A row, and to whom it belongs by name.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) target: Target,
    pub(super) whose: Option<String>,
    pub(super) is_on: bool,
    pub(super) expires_at: Option<Moment>,
    pub(super) note: String,
    pub(super) set_by: String,
    pub(super) set_at: Moment,
}

fn read_target(row: &Row<'_>) -> Result<Target> {
    let (brand, team, agent) = (row.get::<Option<_>>("brand_id")?, row.get::<Option<_>>("team_id")?, row.get::<Option<_>>("agent_id")?);
    Ok(agent.map(Target::Agent).or(team.map(Target::Team)).or(brand.map(Target::Brand)).unwrap_or(Target::Everyone))
}

/// What says something now: the feature's name, for whom, and whether it is on.
pub(super) fn in_force(tx: &mut Tx<'_>) -> Result<Vec<(String, Target, bool)>> {
    let now = tx.now();
    tx.all("SELECT name, brand_id, team_id, agent_id, is_on FROM feature WHERE expires_at IS NULL OR expires_at > $1", params![now], |row| {
        Ok((row.get("name")?, read_target(row)?, row.get("is_on")?))
    })
}

pub(super) fn rows(tx: &mut Tx<'_>) -> Result<Vec<Found>> {
    tx.all(
        "SELECT f.name, f.brand_id, f.team_id, f.agent_id, f.is_on, f.expires_at, f.note, f.set_by, f.set_at, COALESCE(a.email, t.name, b.name) AS whose
         FROM feature f LEFT JOIN agent a ON a.id = f.agent_id LEFT JOIN team t ON t.id = f.team_id LEFT JOIN brand b ON b.id = f.brand_id ORDER BY f.name, f.set_at, f.id",
        params![],
        |row| {
            Ok(Found {
                name: row.get("name")?,
                target: read_target(row)?,
                whose: row.get("whose")?,
                is_on: row.get("is_on")?,
                expires_at: row.get("expires_at")?,
                note: row.get("note")?,
                set_by: row.get("set_by")?,
                set_at: row.get("set_at")?,
            })
        },
    )
}

/// Removes what is set of a name for somebody, and names the rows.
pub(super) fn remove(tx: &mut Tx<'_>, name: &str, target: Target) -> Result<Vec<Uuid>> {
    tx.all(
        "DELETE FROM feature WHERE name = $1 AND brand_id IS NOT DISTINCT FROM $2 AND team_id IS NOT DISTINCT FROM $3 AND agent_id IS NOT DISTINCT FROM $4 RETURNING id",
        params![name, target.brand(), target.team(), target.agent()],
        |row| row.get("id"),
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, feature: Feature, new: &NewRow, note: &str, set_by: &str) -> Result<Uuid> {
    let (id, now) = (tx.id::<Uuid>(), tx.now());
    tx.exec(
        "INSERT INTO feature (id, name, brand_id, team_id, agent_id, is_on, expires_at, note, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![id, feature, new.target.brand(), new.target.team(), new.target.agent(), new.is_on, new.expires_at, note, set_by, now],
    )?;
    Ok(id)
}
