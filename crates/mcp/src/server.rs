use std::sync::Arc;

use care::Guideline;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, Implementation, ListToolsResult, PaginatedRequestParams,
    ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServiceExt as _};

use crate::answer::answer;
use crate::tools::{INSTRUCTIONS, all};

/// A book that a language model asks.
#[derive(Clone)]
pub struct Server(Arc<Guideline>);

impl Server {
    /// Answers by this book.
    pub fn new(guideline: Guideline) -> Self {
        Self(Arc::new(guideline))
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let version = &self.0.book().version;
        let about = Implementation::new("unclench", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(about)
            .with_instructions(format!("{INSTRUCTIONS} Guideline {version}."))
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(all(&self.0)))
    }

    async fn call_tool(
        &self,
        asked: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let answer = answer(&self.0, &asked.name, asked.arguments.unwrap_or_default());
        let answer = answer.ok_or_else(|| ErrorData::invalid_params("there is no such tool", None))?;
        Ok(answer.into())
    }
}

/// Answers on standard input and output until the other side ends.
///
/// # Errors
///
/// If the other side does not speak the protocol, or no thread can be had.
pub fn serve(guideline: Guideline) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let running = Server::new(guideline).serve(rmcp::transport::stdio()).await?;
        running.waiting().await?;
        Ok(())
    })
}
