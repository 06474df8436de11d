//! `rapport demo`: a made-up company with a year behind it, and customers who go on writing.

mod data;
mod life;
mod past;
mod script;
mod seed;

use std::{sync::Arc, time::Duration};

use platform::{
    clock::Clock,
    config::Config,
    positions::{self, Given},
    store::Error,
    telemetry::Metrics,
    web::Problem,
};
use rapport::{
    channels,
    desk::Desk,
    people, places,
    reactions::{CARRIERS, REACTIONS},
};

use crate::{assets, serve, told};

/// A made-up company.
#[derive(clap::Args)]
pub struct Demo {
    /// Conversations of its past.
    #[arg(long, default_value_t = 2000)]
    conversations: usize,
    /// No customers write while it runs.
    #[arg(long)]
    quiet: bool,
}

impl Demo {
    /// Makes the company when the data folder is empty, then serves it.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        serve::start_logs(&config);
        let listener = serve::listen(&config).await?;
        let data = Arc::new(data::Data::read()?);
        seed_if_empty(&config, &data, self.conversations).await?;
        let desk = Desk::open(config, assets::find, Metrics::install()).await.map_err(anyhow::Error::msg)?;
        announce(&desk, &data).await?;
        if !self.quiet {
            platform::jobs::spawn("simulated customers", life::run(desk.clone(), data));
        }
        serve::until_stopped(desk, listener).await
    }
}

async fn seed_if_empty(config: &Config, data: &Arc<data::Data>, conversations: usize) -> anyhow::Result<()> {
    // The company's year ends now; its clock is moved from one moment to the next while its past is written.
    let now = Clock::Real.now();
    let clock = Clock::fake(now.minus(Duration::from_secs(366 * 86_400)));
    let desk = Desk::open_at(config.clone(), clock.clone(), assets::find, Metrics::none()).await.map_err(anyhow::Error::msg)?;
    let known = desk.store.read(places::company_name).await.map_err(told)?;
    if known.is_empty() {
        seed::run(&desk, &clock, data, conversations, now).await?;
    } else if known != data.company.name {
        anyhow::bail!("the data folder {} belongs to {known}, not to the demo. Nothing was changed. Choose another folder with --data", config.data.display());
    }
    let store = desk.store.clone();
    tokio::task::spawn_blocking(move || store.close()).await?;
    Ok(())
}

/// Says where to go.
async fn announce(desk: &Desk, data: &data::Data) -> anyhow::Result<()> {
    let url = desk.config.public_url.clone();
    let (email, shown) = (data.administrator()?.email.clone(), url.clone());
    let (link, inboxes) = desk
        .store
        .write(move |tx| {
            let administrator = people::find_by_email(tx, &email)?;
            Ok::<_, Problem>((people::make_link(tx, people::LinkKind::SignIn, administrator)?, channels::list_inboxes(tx, &shown)?))
        })
        .await
        .map_err(told)?;
    println!("\n{} is open. Customers write every few seconds.\n", data.company.name);
    println!("  console  {}   (signs you in once; `rapport demo` prints a new one)", link.address(&url));
    for (inbox, brand) in inboxes.iter().zip(&data.company.brands) {
        println!("  shop     {url}/shop/{}   ({}, with the widget)", inbox.key, brand.name);
    }
    println!("  portal   {url}/");
    println!("  API      {url}/api/v1/reference\n");
    Ok(())
}

/// Runs reactions until none is left.
async fn settle(desk: &Desk) -> Result<(), Error> {
    while positions::give(&desk.store, CARRIERS).await? != Given::Some(0) {}
    while platform::dispatch::step(&desk.store, REACTIONS).await? > 0 {}
    Ok(())
}
