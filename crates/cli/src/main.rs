//! The `unclench` program; what it does is in the library.

fn main() -> std::process::ExitCode {
    cli::main()
}
