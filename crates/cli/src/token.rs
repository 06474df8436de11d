//! `rapport token`.

use clap::Subcommand;
use platform::{store::Tx, web::Problem};
use rapport::{audit, desk::Desk, people};

use crate::told;

/// What can be done with API tokens.
#[derive(Subcommand)]
pub enum Token {
    /// Makes a token for an agent and prints it alone. It is shown this once.
    Create {
        /// The agent's address; the token may do what they may do.
        #[arg(long)]
        agent: String,
        /// `*`, or some permissions separated by commas.
        #[arg(long, default_value = "*")]
        scope: String,
    },
    /// Lists tokens, the newest first: id, agent, scope, last characters, whether it works, and what it is for.
    List {
        /// For programs: one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Ends a token at once.
    Revoke {
        /// The token, or its id from the list.
        token: String,
    },
}

impl Token {
    /// Does it.
    pub async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        match self {
            Token::Create { agent, scope } => {
                let token = desk
                    .store
                    .write(move |tx| {
                        audit::record_command(tx, "rapport token create", &agent)?;
                        let id = people::find_by_email(tx, &agent)?;
                        people::make_token(tx, id, &scope)
                    })
                    .await
                    .map_err(|problem: Problem| told(problem))?;
                println!("{token}");
            }
            Token::List { json } => {
                let now = desk.store.clock().now();
                let tokens = desk.store.read(people::list_tokens).await.map_err(told)?;
                if json {
                    println!("{}", serde_json::to_string_pretty(&tokens)?);
                    return Ok(());
                }
                for token in tokens {
                    let state = match (token.revoked_at, token.expires_at) {
                        (Some(_), _) => "revoked",
                        (None, Some(at)) if at <= now => "expired",
                        (None, _) => "works",
                    };
                    println!("{}\t{}\t{}\t...{}\t{state}\t{}", token.id, token.agent, token.scope, token.hint, token.name);
                }
            }
            Token::Revoke { token } => {
                let revoke = move |tx: &mut Tx<'_>| {
                    audit::record_command(tx, "rapport token revoke", token.get(token.len().saturating_sub(4)..).unwrap_or_default())?;
                    people::revoke_token(tx, &token)
                };
                desk.store.write(revoke).await.map_err(told)?;
                println!("the token no longer works");
            }
        }
        Ok(())
    }
}
