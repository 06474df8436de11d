//! The second factor: the code of an authenticator app (TOTP, RFC 6238), or a recovery code for whoever has lost the device.
//!
//! Who has one proves it whenever a session is opened, by password or by link. The company may demand one of everybody; until it
//! is set up, a session may do nothing but that.

use http::StatusCode;
use platform::{
    clock::Moment,
    crypto::{Vault, token_hash},
    events::Actor,
    ids::Chance,
    store::Tx,
    web::Problem,
};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Totp};
use utoipa::ToSchema;

use super::{agents, links, store, store_second_factor as rows};
use crate::{
    ids::{AgentId, SessionId},
    places,
    sealed::SECOND_FACTORS,
    viewer::{Permission, Viewer},
};

const RECOVERY_CODES: usize = 10;
/// Seconds for which a code is shown; the one before and the one after are good as well.
const STEP: u64 = 30;

/// Whether one has a second factor.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SecondFactor {
    /// Whether signing in asks for it.
    pub on: bool,
    /// Since when.
    pub since: Option<Moment>,
    /// Recovery codes that still work.
    pub recovery_codes: i64,
    /// Whether the company demands one of everybody.
    pub required: bool,
}

/// What an authenticator app has to know; shown this once.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Enrolment {
    /// To type, Base32.
    pub secret: String,
    /// To scan, an `otpauth:` address.
    pub uri: String,
}

/// Codes that work once each, in place of the app; shown this once.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct RecoveryCodes {
    /// The codes.
    pub recovery_codes: Vec<String>,
}

/// What the company demands of whoever signs in.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInPolicy {
    /// Whether every agent must have a second factor. Until they have set one up they may do nothing else.
    pub second_factor_required: bool,
}

/// What is demanded.
pub(super) fn policy(tx: &mut Tx<'_>) -> Result<SignInPolicy, Problem> {
    Ok(SignInPolicy { second_factor_required: places::requires_second_factor(tx)? })
}

/// Demands it, or no longer. Whoever demands it of everybody has one.
pub(super) fn set_policy(tx: &mut Tx<'_>, viewer: &Viewer, policy: &SignInPolicy) -> Result<SignInPolicy, Problem> {
    if let Some(access) = viewer.agent() {
        if !access.can_everywhere(Permission::AgentsManage) {
            return Err(Problem::forbidden("This holds for the whole company, so it takes the permission agents.manage everywhere."));
        }
        if policy.second_factor_required && !rows::is_confirmed(tx, access.id)? {
            return Err(Problem::conflict("second_factor_first", "Set up your own second factor first; then you can demand one of everybody."));
        }
    }
    places::require_second_factor(tx, viewer.actor(), policy.second_factor_required)?;
    self::policy(tx)
}

/// How it stands.
pub(super) fn look(tx: &mut Tx<'_>, agent: AgentId) -> Result<SecondFactor, Problem> {
    let since = rows::of(tx, agent)?.and_then(|row| row.confirmed_at);
    Ok(SecondFactor {
        on: since.is_some(),
        since,
        recovery_codes: if since.is_some() { rows::recovery_codes_left(tx, agent)? } else { 0 },
        required: places::requires_second_factor(tx)?,
    })
}

/// Whether a session of this agent may do nothing yet but set one up.
pub(super) fn is_owed(tx: &mut Tx<'_>, agent: AgentId) -> Result<bool, platform::store::Error> {
    Ok(places::requires_second_factor(tx)? && !rows::is_confirmed(tx, agent)?)
}

/// Begins: a secret that nothing asks for until a code has confirmed it. One that was begun before is void.
pub(super) fn begin(tx: &mut Tx<'_>, vault: &Vault, chance: &Chance, agent: AgentId) -> Result<Enrolment, Problem> {
    if rows::is_confirmed(tx, agent)? {
        return Err(Problem::conflict("second_factor_on", "You have a second factor already. Remove it first."));
    }
    let secret = secret(tx);
    let sealed = SECOND_FACTORS.seal(tx, vault, agent.0, &secret, chance)?;
    rows::begin(tx, agent, &sealed)?;
    let (email, company) = (store::agent(tx, agent)?.email, places::company_name(tx)?);
    let app = app(&secret, &company, &email)?;
    Ok(Enrolment { secret: app.secret().to_base32(), uri: app.to_url().map_err(Problem::fault)? })
}

/// A code of the app shows that it has the secret: from now on signing in asks for one, and whoever came in without is out.
pub(super) fn confirm(tx: &mut Tx<'_>, vault: &Vault, agent: AgentId, code: &str, keep: Option<SessionId>) -> Result<RecoveryCodes, Problem> {
    let row = rows::of(tx, agent)?.filter(|row| row.confirmed_at.is_none());
    let row = row.ok_or_else(|| Problem::conflict("second_factor_not_begun", "There is nothing to confirm. Begin again."))?;
    let step = step_of(tx.now(), vault, agent, &row, code)?;
    let step = step.ok_or_else(|| Problem::invalid("/code", "This is not the code that the app shows now. Check that the time of your device is right."))?;
    rows::confirm(tx, agent, step)?;
    links::end_sessions(tx, Actor::agent(agent.0), agent, keep)?;
    agents::announce_changed(tx, Actor::agent(agent.0), agent)?;
    new_recovery_codes(tx, agent)
}

/// New recovery codes; those from before no longer work.
pub(super) fn renew(tx: &mut Tx<'_>, vault: &Vault, agent: AgentId, code: &str) -> Result<RecoveryCodes, Problem> {
    prove_to_change(tx, vault, agent, code)?;
    new_recovery_codes(tx, agent)
}

/// Signing in asks for the password alone again.
pub(super) fn remove(tx: &mut Tx<'_>, vault: &Vault, agent: AgentId, code: &str) -> Result<(), Problem> {
    if places::requires_second_factor(tx)? {
        return Err(Problem::conflict(
            "second_factor_required",
            "Your company demands a second factor of everybody. An administrator can remove yours so that you set up another.",
        ));
    }
    prove_to_change(tx, vault, agent, code)?;
    forget(tx, Actor::agent(agent.0), agent)
}

/// For an agent who has lost device and recovery codes. Their sessions end; the next sign-in needs the password alone, and where
/// the company demands one, they set up another at once.
pub(super) fn remove_of(tx: &mut Tx<'_>, viewer: &Viewer, agent: AgentId) -> Result<(), Problem> {
    let grants = store::agent(tx, agent)?.grants;
    // Whoever may not make such an agent may not open their account either.
    agents::check_grants(tx, viewer, &grants)?;
    links::end_sessions(tx, viewer.actor(), agent, None)?;
    forget(tx, viewer.actor(), agent)
}

/// The same from the command line.
pub fn reset_second_factor(tx: &mut Tx<'_>, email: &str) -> Result<(), Problem> {
    let agent = agents::find_by_email(tx, email)?;
    remove_of(tx, &Viewer::System { reason: "command line" }, agent)
}

/// Demands the code of whoever has a second factor, and uses it up. Nothing is demanded of others.
pub(super) fn prove(tx: &mut Tx<'_>, vault: &Vault, agent: AgentId, code: Option<&str>) -> Result<(), Problem> {
    let Some(row) = rows::of(tx, agent)?.filter(|row| row.confirmed_at.is_some()) else { return Ok(()) };
    let Some(code) = code else {
        return Err(Problem::refused("second_factor_needed", "Enter the code that your authenticator app shows, or a recovery code."));
    };
    let is_good = match step_of(tx.now(), vault, agent, &row, code)? {
        Some(step) => rows::use_step(tx, agent, step)?,
        None => rows::use_recovery_code(tx, agent, &recovery_hash(code))?,
    };
    if is_good { Ok(()) } else { Err(Problem::refused("second_factor_wrong", "This code is not right, or was used before. Wait for the next one.")) }
}

fn prove_to_change(tx: &mut Tx<'_>, vault: &Vault, agent: AgentId, code: &str) -> Result<(), Problem> {
    if !rows::is_confirmed(tx, agent)? {
        return Err(Problem::conflict("second_factor_off", "You have no second factor."));
    }
    // One is signed in, so a wrong code is a wrong field and not a reason to sign in anew.
    prove(tx, vault, agent, Some(code))
        .map_err(|problem| if problem.status == StatusCode::UNAUTHORIZED { Problem::invalid("/code", problem.detail) } else { problem })
}

fn forget(tx: &mut Tx<'_>, actor: Actor, agent: AgentId) -> Result<(), Problem> {
    rows::forget(tx, agent)?;
    agents::announce_changed(tx, actor, agent)
}

/// The step of the code that the app shows about now; `None` when it is no such code.
fn step_of(now: Moment, vault: &Vault, agent: AgentId, row: &rows::SecondFactorRow, code: &str) -> Result<Option<i64>, Problem> {
    let secret = SECOND_FACTORS.unseal(vault, agent.0, &row.secret);
    let secret = secret
        .ok_or_else(|| Problem::fault(format!("the second factor of {agent} cannot be opened with any master key that is held; rapport doctor says more")))?;
    let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = u64::try_from(now.0 / 1_000_000).unwrap_or(0);
    Ok(app(&secret, "", "")?.check(&code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// As every authenticator app understands it: SHA-1, six digits, thirty seconds.
fn app(secret: &[u8], company: &str, email: &str) -> Result<Totp, Problem> {
    // A colon parts issuer and account in the address, so neither may hold one.
    let issuer = Some(company.replace(':', " ")).filter(|company| !company.trim().is_empty());
    let builder = Builder::new().with_secret(secret.to_vec()).with_digits(6).with_skew(1).with_step_duration(STEP);
    builder.with_issuer(issuer).with_account_name(email.replace(':', " ")).build().map_err(Problem::fault)
}

/// 160 bits, as RFC 4226 section 4 recommends.
fn secret(tx: &mut Tx<'_>) -> Vec<u8> {
    platform::crypto::digest(&[b"second factor", tx.secret().as_bytes()])[..20].to_vec()
}

fn new_recovery_codes(tx: &mut Tx<'_>, agent: AgentId) -> Result<RecoveryCodes, Problem> {
    rows::forget_recovery_codes(tx, agent)?;
    let mut recovery_codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let code = recovery_code(&tx.secret());
        rows::insert_recovery_code(tx, agent, &recovery_hash(&code))?;
        recovery_codes.push(code);
    }
    Ok(RecoveryCodes { recovery_codes })
}

/// Eighty bits in four groups, without letters that look alike.
fn recovery_code(secret: &str) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let letters: Vec<char> = platform::crypto::digest(&[secret.as_bytes()]).iter().take(16).map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// However it is typed.
fn recovery_hash(code: &str) -> Vec<u8> {
    token_hash(&code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase())
}
