//! A way between two programs that can be cut: connections stay open and nothing passes, as in a network that drops packets.

use std::net::SocketAddr;

use anyhow::Result;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::spawn_local;

/// Forwards connections to one address for as long as it is kept. Needs a `LocalSet` around it.
#[derive(Debug)]
pub struct Proxy {
    /// Where it listens.
    pub address: SocketAddr,
    passes: watch::Sender<bool>,
}

impl Proxy {
    /// Begins to forward to `target`.
    pub async fn start(target: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let passes = watch::Sender::new(true);
        let road = passes.subscribe();
        spawn_local(async move {
            while let Ok((near, _)) = listener.accept().await {
                let mut road = road.clone();
                spawn_local(async move {
                    // What is accepted while the way is cut reaches nobody until it is open again.
                    if road.wait_for(|passes| *passes).await.is_err() {
                        return;
                    }
                    let Ok(far) = TcpStream::connect(target).await else { return };
                    let _ = (near.set_nodelay(true), far.set_nodelay(true));
                    let ((near_read, near_write), (far_read, far_write)) = (near.into_split(), far.into_split());
                    spawn_local(forward(near_read, far_write, road.clone()));
                    forward(far_read, near_write, road).await;
                });
            }
        });
        Ok(Self { address, passes })
    }

    /// Lets nothing pass, or everything again, what was kept back first.
    pub fn let_pass(&self, passes: bool) {
        let _ = self.passes.send_replace(passes);
    }
}

async fn forward(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut road: watch::Receiver<bool>) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut buffer).await.unwrap_or(0);
        if road.wait_for(|passes| *passes).await.is_err() || read == 0 || to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
}
