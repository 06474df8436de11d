//! `rapport inbox`.

use clap::Subcommand;
use platform::{events::Actor, web::Problem};
use rapport::{
    audit,
    channels::{self, Channel, NewInbox},
    desk::Desk,
    places,
};

use crate::told;

/// What can be done with inboxes.
#[derive(Subcommand)]
pub enum Inbox {
    /// Adds an inbox and prints its key.
    Add {
        /// The channel: webchat.
        channel: String,
        /// Its name, for the team.
        #[arg(long)]
        name: String,
        /// The name of the brand it speaks for; the first one unless told.
        #[arg(long)]
        brand: Option<String>,
    },
    /// Lists inboxes.
    List {
        /// For programs: one JSON array.
        #[arg(long)]
        json: bool,
    },
}

impl Inbox {
    /// Does it.
    pub async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let url = desk.config.public_url.clone();
        match self {
            Inbox::Add { channel, name, brand } => {
                let channel = Channel::from_word(&channel).ok_or_else(|| anyhow::anyhow!("there is no channel {channel} yet; write webchat"))?;
                let inbox = desk
                    .store
                    .write(move |tx| {
                        places::company(tx)?;
                        let brand_id = match &brand {
                            Some(wanted) => places::brand_named(tx, wanted)?,
                            None => places::first_brand(tx)?,
                        };
                        let brand_id = brand_id.ok_or_else(|| Problem::invalid("/brand", "There is no brand of that name."))?;
                        audit::record_command(tx, "rapport inbox add", &name)?;
                        channels::add_inbox(tx, Actor::SYSTEM, &NewInbox { name: name.clone(), channel, brand_id, location_id: None, team_id: None }, &url)
                    })
                    .await
                    .map_err(told)?;
                println!("{}", inbox.key);
            }
            Inbox::List { json } => {
                let inboxes = desk.store.read(move |tx| channels::list_inboxes(tx, &url)).await.map_err(told)?;
                if json {
                    println!("{}", serde_json::to_string_pretty(&inboxes)?);
                    return Ok(());
                }
                for inbox in inboxes {
                    let state = if inbox.disabled_at.is_some() { "disabled" } else { "open" };
                    println!("{}\t{}\t{}\t{state}", inbox.key, inbox.channel.word(), inbox.name);
                }
            }
        }
        Ok(())
    }
}
