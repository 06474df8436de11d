//! `rapport agent`.

use clap::Subcommand;
use platform::{store::Tx, web::Problem};
use rapport::{
    audit,
    desk::Desk,
    people::{self, GrantSpec, LinkKind, NewAgent},
    places,
    viewer::{RoleKey, Viewer},
};

use crate::told;

const SYSTEM: Viewer = Viewer::System { reason: "command line" };

/// What can be done with agents.
#[derive(Subcommand)]
pub enum Agent {
    /// Adds an agent and prints the link with which they set their password.
    Add {
        /// They sign in with it.
        #[arg(long)]
        email: String,
        /// As customers see it.
        #[arg(long)]
        name: String,
        /// administrator, supervisor, agent, light_agent or read_only; or the id of a role of your own.
        #[arg(long, default_value = "agent")]
        role: String,
    },
    /// Lists agents.
    List {
        /// For programs: one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Lets an agent no longer in, and ends their sessions.
    Disable {
        /// Their address.
        #[arg(long)]
        email: String,
    },
    /// Removes the second factor of an agent who has lost device and recovery codes, and ends their sessions.
    ResetSecondFactor {
        /// Their address.
        #[arg(long)]
        email: String,
    },
    /// Makes a link with which an agent sets a new password, and lets them in again if they were disabled.
    Reset {
        /// Their address.
        #[arg(long)]
        email: String,
    },
}

impl Agent {
    /// Does it.
    pub async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let url = desk.config.public_url.clone();
        match self {
            Agent::Add { email, name, role } => {
                let new = NewAgent { name, email, grants: vec![GrantSpec::everywhere(RoleKey(role))], team_ids: Vec::new(), language: None };
                let link = desk
                    .store
                    .write(move |tx| {
                        places::company(tx)?;
                        let (_, link) = people::add_agent(tx, &SYSTEM, new.clone())?;
                        audit::record_command(tx, "rapport agent add", &new.email)?;
                        Ok(link)
                    })
                    .await
                    .map_err(told)?;
                println!("{}", link.address(&url));
            }
            Agent::List { json } => {
                let agents = desk.store.read(|tx| people::list_agents(tx, &SYSTEM)).await.map_err(told)?;
                if json {
                    println!("{}", serde_json::to_string_pretty(&agents)?);
                    return Ok(());
                }
                for agent in agents {
                    let roles: Vec<&str> = agent.grants.iter().map(|grant| grant.role.0.as_str()).collect();
                    let state = if agent.disabled_at.is_some() {
                        "disabled"
                    } else if agent.invited {
                        "invited"
                    } else {
                        "active"
                    };
                    println!("{}\t{}\t{}\t{state}", agent.email, agent.name, roles.join(","));
                }
            }
            Agent::Disable { email } => {
                let disable = move |tx: &mut Tx<'_>| {
                    audit::record_command(tx, "rapport agent disable", &email)?;
                    people::set_disabled(tx, &email, true)
                };
                let agent = desk.store.write(disable).await.map_err(told)?;
                println!("{} may no longer sign in; their sessions have ended", agent.email);
            }
            Agent::ResetSecondFactor { email } => {
                let reset = move |tx: &mut Tx<'_>| {
                    audit::record_command(tx, "rapport agent reset-second-factor", &email)?;
                    people::reset_second_factor(tx, &email)
                };
                desk.store.write(reset).await.map_err(told)?;
                println!("the second factor is gone; the next sign-in takes the password alone");
            }
            Agent::Reset { email } => {
                let link = desk
                    .store
                    .write(move |tx| {
                        audit::record_command(tx, "rapport agent reset", &email)?;
                        let agent = people::set_disabled(tx, &email, false)?;
                        people::make_link(tx, LinkKind::Reset, agent.id)
                    })
                    .await
                    .map_err(|problem: Problem| told(problem))?;
                println!("{}", link.address(&url));
            }
        }
        Ok(())
    }
}
