import Foundation

/// A real `prometheus` of a test's own: on a free loopback port, with its files in a temporary folder of its own.
public enum TestPrometheusServer {
    /// Starts a server and stops it when `body` has returned or thrown.
    ///
    /// - Parameters:
    ///   - target: What it scrapes every second, as `127.0.0.1:8080`; nil: only itself.
    ///   - token: The access token that it presents there.
    ///   - body: Gets its address. It may not answer yet.
    public static func withServer<Value>(
        scraping target: String? = nil, token: String = "", _ body: (String) async throws -> Value
    ) async throws -> Value {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("prometheus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let port = try Loopback.freePorts(1)[0]
        let file = directory.appendingPathComponent("prometheus.yml").path
        try Self.configuration(target: target ?? "127.0.0.1:\(port)", token: token)
            .write(toFile: file, atomically: true, encoding: .utf8)
        let process = try await ServerProcess.start(
            "prometheus",
            arguments: [
                "--config.file=\(file)", "--storage.tsdb.path=\(directory.path)/data",
                "--web.listen-address=127.0.0.1:\(port)", "--log.level=error",
            ])
        do {
            let value = try await body("http://127.0.0.1:\(port)")
            await Self.stop(process)
            return value
        } catch {
            await Self.stop(process)
            throw error
        }
    }

    private static func configuration(target: String, token: String) -> String {
        let access = token.isEmpty ? "" : "\n    authorization: { credentials: \"\(token)\" }"
        return """
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs:
              - job_name: signalbox
                static_configs: [{ targets: ["\(target)"] }]\(access)
            """
    }

    private static func stop(_ process: ServerProcess) async {
        process.signal(SIGKILL)
        await process.waitForExit()
    }
}
