//! The same request twice has one effect: key, request hash and answer are stored in the transaction of the effect.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::Problem;
use crate::{
    params,
    store::{Json, JsonText, Tx},
};

/// How long an answer is kept for repetition.
pub const KEPT: Duration = Duration::from_secs(48 * 3600);

/// The `Idempotency-Key` of a request, bound to who asks and what is asked.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// Who asks; keys of different callers never meet.
    pub actor: Uuid,
    /// The header's value.
    pub key: String,
    /// Hash of method, path and body.
    pub request: Vec<u8>,
}

impl IdempotencyKey {
    /// Does `work` once: a repeat gets the first answer, the same key with another request is refused.
    pub fn once<T: Serialize + DeserializeOwned>(&self, tx: &mut Tx<'_>, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Problem>) -> Result<T, Problem> {
        let earlier = tx.opt("SELECT request, answer FROM idempotency WHERE actor = $1 AND key = $2", params![self.actor, self.key], |row| {
            Ok((row.get::<Vec<u8>>("request")?, row.get::<Json<serde_json::Value>>("answer")?))
        })?;
        if let Some((request, Json(answer))) = earlier {
            if request != self.request {
                let mut problem = Problem::invalid("", "This Idempotency-Key was used for another request. Use a new key for a new request.");
                problem.code = "idempotency_key_reused";
                return Err(problem);
            }
            return serde_json::from_value(answer).map_err(Problem::fault);
        }
        let answer = work(tx)?;
        let now = tx.now();
        tx.exec(
            "INSERT INTO idempotency (actor, key, request, answer, created_at) VALUES ($1, $2, $3, $4, $5)",
            params![self.actor, self.key, self.request, JsonText::of(&answer), now],
        )?;
        Ok(answer)
    }
}

/// Uses up something that is good once, on whichever node; whether this was the first use. It is remembered for [`KEPT`].
pub fn use_up(tx: &mut Tx<'_>, actor: Uuid, key: &str) -> Result<bool, crate::store::Error> {
    let now = tx.now();
    let used = tx.exec(
        "INSERT INTO idempotency (actor, key, request, answer, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (actor, key) DO NOTHING",
        params![actor, key, Vec::new(), JsonText("null".into()), now],
    )?;
    Ok(used == 1)
}

/// Changes the kept answers that say one of these words, for what must not be kept; keys and effects stay. It reads them all, and is for what is rare.
pub fn rewrite(tx: &mut Tx<'_>, about: &[String], change: impl Fn(&mut serde_json::Value)) -> Result<(), crate::store::Error> {
    let mut kept = Vec::new();
    tx.each("SELECT actor, key, answer FROM idempotency", params![], |row| {
        let mut answer = row.get::<Json<serde_json::Value>>("answer")?.0;
        let said = answer.to_string();
        if about.iter().any(|word| said.contains(word.as_str())) {
            change(&mut answer);
            kept.push((row.get::<Uuid>("actor")?, row.get::<String>("key")?, answer));
        }
        Ok(())
    })?;
    for (actor, key, answer) in kept {
        tx.exec("UPDATE idempotency SET answer = $3 WHERE actor = $1 AND key = $2", params![actor, key, JsonText::of(&answer)])?;
    }
    Ok(())
}

/// Forgets a chunk of answers older than [`KEPT`]; how many.
pub fn forget_old(tx: &mut Tx<'_>) -> Result<u64, crate::store::Error> {
    let before = tx.now().minus(KEPT);
    tx.exec(
        "DELETE FROM idempotency WHERE created_at < $1 AND key IN (SELECT key FROM idempotency WHERE created_at < $1 ORDER BY created_at LIMIT 2000)",
        params![before],
    )
}
