//! What the relay is held against: a bare WebSocket relay in a process of its own, and the disk's own fsync.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Seek as _, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures_util::stream::SplitSink;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_tungstenite::tungstenite::{Message, protocol::WebSocketConfig};
use tokio_tungstenite::{WebSocketStream, accept_async_with_config};

use crate::figures::Latencies;

/// The first frame of the one connection that receives what all others send.
pub const SINK: &str = "sink";

/// Size of the file that is written over and over: 4 MiB.
const PROBE_PAGES: u32 = 1_024;

/// A bare relay in its own process, ended when dropped.
#[derive(Debug)]
pub struct BareRelay {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl BareRelay {
    /// Starts this very program again as a bare relay.
    pub fn start() -> Result<Self> {
        let mut child =
            Command::new(std::env::current_exe()?).arg("bare-relay").stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("starting the bare relay")?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("its output")?).read_line(&mut line)?;
        let address = line.trim().parse().context("its address")?;
        Ok(Self { child, address })
    }
}

impl Drop for BareRelay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Forwards every text frame of every connection to the sink until the process is ended, at the latest after ten minutes.
pub async fn serve() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    let (to_sink, mut from_visitors) = unbounded_channel::<Message>();
    let (sink_found, mut sink) = unbounded_channel();
    let tools = Arc::new((to_sink, sink_found));
    let accepting = async {
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(connection(stream, Arc::clone(&tools)));
        }
        #[expect(unreachable_code, reason = "gives the block its error type")]
        anyhow::Ok(())
    };
    let forwarding = async {
        let mut sink: Writing = sink.recv().await.context("no sink")?;
        while let Some(message) = from_visitors.recv().await {
            sink.send(message).await?;
        }
        anyhow::Ok(())
    };
    tokio::select! {
        ended = accepting => ended,
        ended = forwarding => ended,
        () = tokio::time::sleep(Duration::from_secs(600)) => Ok(()),
    }
}

type Writing = SplitSink<WebSocketStream<TcpStream>, Message>;
type Tools = (UnboundedSender<Message>, UnboundedSender<Writing>);

async fn connection(stream: TcpStream, tools: Arc<Tools>) {
    let _ = stream.set_nodelay(true);
    let config = WebSocketConfig::default().read_buffer_size(4 * 1024).write_buffer_size(0);
    let Ok(socket) = accept_async_with_config(stream, Some(config)).await else { return };
    let (writing, mut reading) = socket.split();
    let mut writing = Some(writing);
    while let Some(Ok(message)) = reading.next().await {
        if message.is_text() && message.to_text().is_ok_and(|text| text == SINK) {
            if let Some(writing) = writing.take() {
                let _ = tools.1.send(writing);
            }
        } else if message.is_text() {
            let _ = tools.0.send(message);
        }
    }
}

/// Writes 4 KiB and waits for the disk, at a given rate for so long.
pub async fn fsync(folder: &Path, per_second: u64, lasting: Duration) -> Result<Latencies> {
    let path = folder.join("fsync.probe");
    let mut file = File::create(&path)?;
    let page = [7_u8; 4 * 1024];
    // The file has its size before, and is written over again and again: a database log does not grow either once it is in use.
    for _ in 0..PROBE_PAGES {
        file.write_all(&page)?;
    }
    file.sync_all()?;
    let mut written = 0;
    let mut latencies = Latencies::default();
    let mut due = tokio::time::Instant::now();
    let end = due + lasting;
    while due < end {
        tokio::time::sleep_until(due).await;
        if written % PROBE_PAGES == 0 {
            file.rewind()?;
        }
        written += 1;
        let begun = Instant::now();
        file.write_all(&page)?;
        file.sync_data()?;
        latencies.record(begun.elapsed());
        due += Duration::from_nanos(1_000_000_000 / per_second);
    }
    std::fs::remove_file(&path)?;
    Ok(latencies)
}
