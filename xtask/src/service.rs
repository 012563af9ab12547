//! The service for other programs, started to be asked.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::Context;

use crate::run::target;

/// The service on a port that was free, which ends with this.
pub(crate) struct Service {
    child: Child,
    /// Where it listens: `127.0.0.1:40213`.
    pub(crate) address: String,
}

impl Service {
    /// Starts what was built into that folder: `debug` or `release`.
    pub(crate) fn start(built: &str) -> anyhow::Result<Self> {
        let program = target().join(built).join(format!("unclench{}", std::env::consts::EXE_SUFFIX));
        let mut child = Command::new(program)
            .args(["serve", "--api", "--port", "0", "--rate", "1000000"])
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start the service")?;
        let output = child.stdout.take();
        let mut service = Self { child, address: String::new() };
        let mut line = String::new();
        BufReader::new(output.context("the service says nothing")?).read_line(&mut line)?;
        let address = line.split_whitespace().find_map(|word| word.strip_prefix("http://"));
        let address = address.with_context(|| format!("the service does not say where it is: {line}"))?;
        address.trim_end_matches('/').clone_into(&mut service.address);
        Ok(service)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
