//! `unclench serve`: the pages, on this computer.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use store::StoreError;
use tokio::net::TcpListener;
use web::server::Options;
use web::{Home, Site};

use crate::exit::{BadInput, Exit};
use crate::{record_file, secret_file};

/// Where the pages are, unless another port is asked for or this one is taken.
const PORT: u16 = 8750;

/// Requests a second of one client, unless another number is asked for.
const RATE: NonZeroU32 = NonZeroU32::new(100).unwrap();

/// Names a file with the time, read at every request: for tests of what happens later.
const TEST_CLOCK: &str = "UNCLENCH_TEST_CLOCK";

/// How to serve.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// The port; another one if it is taken and not asked for by name. 0 for any that is free
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// The file with your record; made if it is missing. Left out: a place of your own, see `unclench record where`
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    /// Do not open a browser
    #[arg(long)]
    pub(crate) no_open: bool,
    /// Listen at another address than this computer's own: for a container, whose port only this computer reaches
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub(crate) address: IpAddr,
    /// Serve the decision to other programs instead, over HTTP: without a record, and without pages; see docs/api.md
    #[arg(long, conflicts_with_all = ["record", "no_open"])]
    pub(crate) api: bool,
    /// With --api: how many requests a second one client may send
    #[arg(long, value_name = "N", default_value_t = RATE, requires = "api")]
    pub(crate) rate: NonZeroU32,
    /// Only look whether the pages are served there already: exit code 0, or 1 if not
    #[arg(long)]
    pub(crate) is_up: bool,
}

impl ServeArgs {
    /// What `unclench` without a command means.
    pub(crate) fn plain() -> Self {
        Self {
            port: None,
            record: None,
            no_open: false,
            address: Ipv4Addr::LOCALHOST.into(),
            api: false,
            rate: RATE,
            is_up: false,
        }
    }
}

/// How long the pages may take to say that they are there.
const LOOK: Duration = Duration::from_secs(3);

/// Whether the pages are served at this port of this computer: what a container without any
/// other program asks.
pub(crate) fn is_up(arguments: &ServeArgs) -> Exit {
    let port = arguments.port.unwrap_or(PORT);
    let asked = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&(Ipv4Addr::LOCALHOST, port).into(), LOOK)?;
        stream.set_read_timeout(Some(LOOK))?;
        write!(stream, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.take(4096).read_to_string(&mut answer)?;
        Ok(answer)
    };
    let is_up =
        asked().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("\r\n\r\nok\n"));
    crate::page::say!("{}", if is_up { "The pages are there." } else { "No pages are served there." });
    if is_up { Exit::Ok } else { Exit::Failed }
}

/// Serves the decision to other programs until it is told to stop.
///
/// # Errors
///
/// If the port cannot be used.
pub(crate) fn run_api(library: compiler::Compiled, arguments: &ServeArgs) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start")?;
    runtime.block_on(async {
        #[cfg(unix)]
        crate::terminal_state::leave_signals_to_the_server();
        let listener = listen(arguments).await?;
        let address = listener.local_addr().context("cannot tell the address")?;
        // It lives as long as the program.
        let guideline = Box::leak(Box::new(library.guideline));
        let service = api::Service::new(guideline, api::Rate(arguments.rate));
        crate::page::say!("Unclench for programs is at http://{address}/");
        crate::page::say!("Nothing of anybody is kept. Ctrl-C ends the program.");
        api::serve(listener, Arc::new(service), api::RESTS, told_to_stop()).await;
        Ok(Exit::Ok)
    })
}

/// Serves until it is told to stop.
///
/// # Errors
///
/// If the record cannot be opened or the port cannot be used.
pub(crate) fn run(library: compiler::Compiled, region: &str, arguments: &ServeArgs) -> anyhow::Result<Exit> {
    let path = record_file::path(arguments.record.as_deref())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start")?;
    let served = runtime.block_on(async {
        let opened = record_file::open(&path).await?;
        if let Some(StoreError::ReadOnly { .. }) = opened.database.refusal() {
            crate::page::paragraph("The record is read-only: you can look at it, and nothing new is kept.");
        }
        #[cfg(unix)]
        crate::terminal_state::leave_signals_to_the_server();
        let listener = listen(arguments).await?;
        let mut address = listener.local_addr().context("cannot tell the address")?;
        if address.ip().is_unspecified() {
            // Every address is no address to go to.
            address.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        let options = options(region, &path, &opened, address)?;
        let url = format!("http://{address}{}", options.secret.path());
        announce(&path, &url);
        let book = print::pages_for_web(&library).map_err(crate::book::refused)?;
        // The pages live as long as the program.
        let guideline = Box::leak(Box::new(library.guideline));
        let site = Site::new(guideline, book, TimeZoneDatabase::from_env());
        let page = secret_file::write(&path, &url);
        if !arguments.no_open {
            open_browser(page.ok().as_deref());
        }
        web::server::serve(listener, site, opened.database, options, told_to_stop())
            .await
            .context("the server failed")
    });
    // A page that is still being made is waited for no longer: nothing of it was acknowledged.
    runtime.shutdown_background();
    served?;
    let shown = path.display().to_string();
    let shown = care::printable(&shown);
    if path.exists() {
        crate::page::say!("Stopped. Every answer that went through is in {shown}");
    } else {
        crate::page::say!("Stopped. The file of your record is no longer there: {shown}");
    }
    Ok(Exit::Ok)
}

fn options(
    region: &str,
    path: &Path,
    opened: &record_file::Opened,
    address: SocketAddr,
) -> anyhow::Result<Options> {
    let port = address.port();
    let names = ["127.0.0.1", "localhost", "[::1]"];
    Ok(Options {
        home: Home::File { path: path.display().to_string(), sealed: opened.sealed },
        // A browser leaves out the port only where it is that of HTTP.
        hosts: names
            .iter()
            .map(|host| if port == 80 { (*host).to_owned() } else { format!("{host}:{port}") })
            .collect(),
        secret: secret_file::secret(path),
        zone: TimeZone::system(),
        region: (region != care::Region::ANYWHERE).then(|| region.to_owned()),
        clock: clock()?,
    })
}

/// The time; in a test the one that a file names.
fn clock() -> anyhow::Result<Box<dyn Fn() -> Timestamp + Send + Sync>> {
    let Some(file) = std::env::var_os(TEST_CLOCK) else { return Ok(Box::new(Timestamp::now)) };
    let read = move || -> anyhow::Result<Timestamp> { Ok(std::fs::read_to_string(&file)?.trim().parse()?) };
    let first = read().with_context(|| format!("{TEST_CLOCK} names no file with a time"))?;
    crate::page::note("unclench: this is a test; the time comes from a file and is not the real one");
    Ok(Box::new(move || read().unwrap_or(first)))
}

async fn listen(arguments: &ServeArgs) -> anyhow::Result<TcpListener> {
    let wanted = SocketAddr::from((arguments.address, arguments.port.unwrap_or(PORT)));
    match (TcpListener::bind(wanted).await, arguments.port) {
        (Ok(listener), _) => Ok(listener),
        // Perhaps we run already; a second one works as well, at another address.
        (Err(_), None) => TcpListener::bind((arguments.address, 0)).await.context("cannot listen"),
        (Err(error), Some(port)) => Err(BadInput::because(format!(
            "cannot listen on port {port}: {error}; give another with --port, or 0 for any that is free"
        ))),
    }
}

fn announce(path: &Path, url: &str) {
    crate::page::say!("Unclench is at {url}\nThat address is for you alone: it lets a browser in.");
    crate::page::say!("Your record is in {}", care::printable(&path.display().to_string()));
    crate::page::say!("In an emergency call your emergency number. Ctrl-C ends the program.");
}

/// Opens the pages where there is a browser to open them in.
fn open_browser(page: Option<&Path>) {
    let has_screen = cfg!(any(target_os = "windows", target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let is_open = has_screen && page.is_some_and(is_started);
    if !is_open {
        crate::page::say!("Open that address in a browser, or use `unclench interview` in the terminal.");
    }
}

/// Starts what this system opens pages with: not a child of the terminal, which would end
/// it with Ctrl-C, and without the passphrase, which is none of its business.
fn is_started(page: &Path) -> bool {
    open::commands(page).into_iter().any(|mut command| {
        command.env_remove(record_file::PASSPHRASE);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn().is_ok()
    })
}

/// Ends with Ctrl-C, or when the system asks.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
