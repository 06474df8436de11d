//! What only a server can do to a store: be in the way, break off, come back. Each needs `scripts/with-postgres`.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use super::*;
use crate::{params, store::tests::SCHEMA};

/// A wire between a store and its server that can be cut.
struct Wire {
    address: SocketAddr,
    /// Cut the connection that says COMMIT next: before the server hears it, or after.
    cut_before: Arc<AtomicBool>,
    cut_after: Arc<AtomicBool>,
    /// No way through at all.
    down: Arc<AtomicBool>,
}

impl Wire {
    #[expect(clippy::disallowed_methods, reason = "threads of the test's own")]
    fn to(server: SocketAddr) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let wire = Wire { address: listener.local_addr().unwrap(), cut_before: Arc::default(), cut_after: Arc::default(), down: Arc::default() };
        let (before, after, down) = (wire.cut_before.clone(), wire.cut_after.clone(), wire.down.clone());
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if down.load(Ordering::SeqCst) {
                    continue;
                }
                let server = TcpStream::connect(server).unwrap();
                let (answers, back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                let unheard = Arc::new(AtomicBool::new(false));
                let (before, after, kept_back) = (before.clone(), after.clone(), unheard.clone());
                std::thread::spawn(move || answer(answers, back, &kept_back));
                std::thread::spawn(move || forward(client, server, &before, &after, &unheard));
            }
        });
        wire
    }

    /// The server ends every connection of this database, and there is no way to a new one.
    async fn goes_down(&self, direct: &Store) {
        self.down.store(true, Ordering::SeqCst);
        direct
            .write(|tx| {
                tx.all(
                    "SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
                    params![],
                    |row| row.get::<bool>("ended"),
                )
            })
            .await
            .unwrap();
    }
}

/// Passes on what the server says, until it says something that nobody shall hear: by then it is done.
fn answer(mut server: TcpStream, mut client: TcpStream, unheard: &AtomicBool) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = server.read(&mut buffer) {
        if unheard.load(Ordering::SeqCst) || client.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}

/// Passes on what the client says. What becomes of a COMMIT is settled before the server hears it: afterwards its answer may be
/// faster, and the cut would meet whatever the client says next.
fn forward(mut client: TcpStream, mut server: TcpStream, cut_before: &AtomicBool, cut_after: &AtomicBool, unheard: &AtomicBool) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = client.read(&mut buffer) {
        let commits = buffer[..read].windows(6).any(|window| window == b"COMMIT");
        if commits && cut_before.swap(false, Ordering::SeqCst) {
            break;
        }
        if commits && cut_after.swap(false, Ordering::SeqCst) {
            unheard.store(true, Ordering::SeqCst);
        }
        if server.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}

/// A store behind a wire, and one that reaches the same database directly.
fn behind_a_wire() -> Option<(Wire, Store, Store)> {
    let url = std::env::var(scratch::VARIABLE).ok()?;
    let folder = tempfile::tempdir().unwrap();
    let database = scratch::database(folder.path(), SCHEMA);
    let Database::Postgres(server) = &database else { return None };
    let (_, host) = url.split_once('@').unwrap();
    let wire = Wire::to(host.split('/').next().unwrap().parse().unwrap());
    let name = server.shown.rsplit('/').next().unwrap();
    let detour = Server::parse(&format!("postgres://rapport@{}/{name}", wire.address)).unwrap();
    let cut = Store::open(scratch::options(Database::Postgres(detour)), SCHEMA).unwrap();
    let direct = Store::open(scratch::options(database), SCHEMA).unwrap();
    Some((wire, cut, direct))
}

async fn add(store: &Store, n: i64, runs: &Arc<AtomicUsize>) -> Result<()> {
    let runs = runs.clone();
    store
        .write(move |tx| {
            runs.fetch_add(1, Ordering::SeqCst);
            let id: uuid::Uuid = tx.id();
            tx.exec("INSERT INTO thing (id, n) VALUES ($1, $2)", params![id, n]).map(drop)
        })
        .await
}

async fn numbers(store: &Store) -> Vec<i64> {
    store.read(|tx| tx.all("SELECT n FROM thing ORDER BY n", params![], |row| row.get("n"))).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_is_lost_is_unknown_and_never_run_again() {
    let Some((wire, cut, direct)) = behind_a_wire() else { return };
    let runs = Arc::new(AtomicUsize::new(0));

    wire.cut_after.store(true, Ordering::SeqCst);
    let after = add(&cut, 1, &runs).await;
    wire.cut_before.store(true, Ordering::SeqCst);
    let before = add(&cut, 2, &runs).await;

    assert!(matches!(after, Err(Error::Unknown)), "{after:?}");
    assert!(matches!(before, Err(Error::Unknown)), "{before:?}");
    assert_eq!(runs.load(Ordering::SeqCst), 2, "each ran once");
    // Both answers were the same and both were right: one is there and the other is not.
    assert_eq!(numbers(&direct).await, [1]);
    add(&cut, 3, &runs).await.unwrap();
    assert_eq!(numbers(&direct).await, [1, 3]);
    cut.close();
    direct.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_goes_away_and_comes_back_is_waited_for_and_needs_no_restart() {
    let Some((wire, cut, direct)) = behind_a_wire() else { return };
    let runs = Arc::new(AtomicUsize::new(0));
    add(&cut, 1, &runs).await.unwrap();

    wire.goes_down(&direct).await;
    let waiting = add(&cut, 2, &runs);
    let back = async {
        tokio::time::sleep(Duration::from_millis(700)).await;
        wire.down.store(false, Ordering::SeqCst);
    };
    let (waited, ()) = tokio::join!(waiting, back);

    waited.unwrap();
    assert_eq!(numbers(&cut).await, [1, 2]);
    cut.close();
    direct.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stays_away_is_told_and_nothing_is_written() {
    let Some((wire, cut, direct)) = behind_a_wire() else { return };
    let runs = Arc::new(AtomicUsize::new(0));
    wire.goes_down(&direct).await;

    let refused = add(&cut, 1, &runs).await;

    assert!(matches!(refused, Err(Error::Unreachable(_))), "{refused:?}");
    assert!(numbers(&direct).await.is_empty());
    cut.close();
    direct.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn rivals_for_one_row_all_get_through_and_none_is_counted_twice() {
    let Some((_wire, store, direct)) = behind_a_wire() else { return };
    let runs = Arc::new(AtomicUsize::new(0));
    add(&store, 0, &runs).await.unwrap();

    // Reads, then writes what it read: two that run at once would lose one, if they were not kept apart.
    let raise = |store: Store| async move {
        store
            .write(|tx| {
                let n: i64 = tx.one("SELECT max(n) AS n FROM thing", params![], |row| row.get("n"))?;
                tx.exec("UPDATE thing SET n = $1", params![n + 1]).map(drop)
            })
            .await
    };
    let results = futures_util::future::join_all((0..60).map(|n| raise(if n % 2 == 0 { store.clone() } else { direct.clone() }))).await;

    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(numbers(&store).await, [60]);
    store.close();
    direct.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_behind_the_first_row_is_told_by_the_statement_that_failed() {
    let Some((_wire, store, direct)) = behind_a_wire() else { return };

    let read = store.read(|tx| tx.opt("SELECT 1 / (2 - n) AS one FROM generate_series(1, 2) AS n", params![], |row| row.get::<i64>("one")));

    assert!(read.await.unwrap_err().to_string().contains("division by zero"));
    store.close();
    direct.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_unique_and_grow_within_a_process_whoever_takes_them() {
    let Some((_wire, one, other)) = behind_a_wire() else { return };
    let take = |store: &Store| {
        let store = store.clone();
        async move { store.write(|tx| tx.number("case")).await }
    };

    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..50 {
        mine.push(take(&one).await.unwrap());
        theirs.push(take(&other).await.unwrap());
    }

    assert!(mine.is_sorted() && theirs.is_sorted());
    let mut all: Vec<i64> = mine.iter().chain(&theirs).copied().collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 100);
    one.close();
    other.close();
}

#[test]
fn a_url_says_how_to_speak_to_the_server_and_never_shows_its_password() {
    let local = Server::parse("postgres://rapport:secret@127.0.0.1:5432/desk").unwrap();
    assert_eq!(format!("{local:?}"), "postgres://127.0.0.1/desk");

    assert!(Server::parse("postgres://rapport@db.example.com/desk?sslmode=sometimes").unwrap_err().contains("verify-full"));
    assert!(Server::parse("postgres://rapport@db.example.com/desk?sslmode=require&sslrootcert=/nowhere.pem").unwrap_err().contains("/nowhere.pem"));
    let missing = Server::parse("postgres://rapport:secret@[broken/desk").unwrap_err();
    assert!(!missing.contains("secret"), "{missing}");
}

#[test]
fn tls_believes_only_the_authority_that_is_named_and_only_for_its_host() {
    let (Ok(url), Ok(authority)) = (std::env::var(scratch::VARIABLE), std::env::var("RAPPORT_TEST_POSTGRES_CA")) else { return };
    let connect = |url: &str, settings: &str| Server::parse(&format!("{url}?{settings}")).unwrap().connect().map(drop);

    connect(&url, &format!("sslmode=verify-full&sslrootcert={authority}")).unwrap();
    let encrypted: bool = Server::parse(&format!("{url}?sslmode=require&sslrootcert={authority}"))
        .unwrap()
        .connect()
        .unwrap()
        .query_one("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[])
        .unwrap()
        .get(0);
    assert!(encrypted);

    let stranger = connect(&url, "sslmode=require");
    assert!(matches!(&stranger, Err(Error::Unreachable(why)) if why.contains("certificate")), "{stranger:?}");
    let elsewhere = connect(&url.replace("127.0.0.1", "127.0.0.2"), &format!("sslmode=require&sslrootcert={authority}"));
    assert!(matches!(elsewhere, Err(Error::Unreachable(_))), "{elsewhere:?}");
}
