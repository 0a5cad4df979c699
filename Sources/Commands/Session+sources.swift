import CostModel
import Observation
import Reconciliation
import Reporting
import Store

/// How the sources of a workspace fare: what is remembered of it, and how it is told.
extension Session {
    private func sourceFolder(of workspace: OpenedWorkspace) -> StateFolder? {
        if let path = invocation[CommonOptions.state] { return StateFolder(path) }
        return StateFolder.standard(workspace: workspace.policies.workspace.name, environment: console.environment)
    }

    /// Where it is remembered how asking went; nil: nothing is asked, or there is no folder for it. A person who asks is never refused.
    func sourceMemory(of workspace: OpenedWorkspace) -> (any SourceMemory)? {
        let sources = workspace.policies.workspace
        let asks =
            sources.cost.contains { $0.table != nil || $0.command != nil } || sources.utilization.contains { $0.format.isAsked }
            || sources.cloud.contains { $0.command != nil } || sources.recommendations.contains { $0.command != nil }
        guard asks, let folder = sourceFolder(of: workspace) else { return nil }
        // Without a folder nothing is remembered, which is no reason to observe nothing.
        do throws(LedgerError) { try folder.create() } catch { return nil }
        return SourceMemoryFile(folder.sources, breaks: false)
    }

    func writeSourceStatus() throws(CommandFailure) -> ExitCode {
        let workspace = try open()
        let known = sourceFolder(of: workspace).map { SourceMemoryFile.read($0.sources) } ?? []
        let report = SourceStatusReport(
            context: context(of: workspace),
            sources: Self.sources(of: workspace).map { source in
                var source = source
                source.status = known.first { $0.kind == source.kind && $0.name == source.name }
                return source
            })
        try write(report)
        return report.isTroubled ? .partial : .clean
    }

    /// In the order in which a workspace states them.
    private static func sources(of workspace: OpenedWorkspace) -> [SourceStatusReport.Source] {
        func files(_ paths: [String]) -> SourceStatusReport.Origin {
            let survey = SourceSurvey(paths, directory: workspace.folder)
            return .files(count: survey.count, newest: survey.newest)
        }
        func origin(_ command: String?, _ paths: [String]) -> SourceStatusReport.Origin {
            command.map { .command($0) } ?? files(paths)
        }
        let stated = workspace.policies.workspace
        let cost = stated.cost.map { source in
            SourceStatusReport.Source(
                kind: "cost", name: source.name, format: source.format.rawValue,
                origin: source.table.map { .engine($0.engine.rawValue) } ?? origin(source.command, source.paths))
        }
        let states = stated.inventory.filter { !$0.state.isEmpty }.map { source in
            SourceStatusReport.Source(
                kind: "inventory", name: source.name, format: source.format.rawValue, origin: files(source.state))
        }
        let utilization = stated.utilization.map { source in
            SourceStatusReport.Source(
                kind: "utilization", name: source.name, format: source.format.rawValue,
                origin: source.format.isAsked ? .server : files(source.paths))
        }
        let rates = stated.rates.map { source in
            SourceStatusReport.Source(kind: "rates", name: source.name, format: source.format.rawValue, origin: files(source.paths))
        }
        let cloud = stated.cloud.map { source in
            SourceStatusReport.Source(
                kind: "cloud", name: source.name, format: source.format.rawValue, origin: origin(source.command, source.paths))
        }
        let advice = stated.recommendations.map { source in
            SourceStatusReport.Source(
                kind: "recommendations", name: source.name, format: source.format.rawValue, origin: origin(source.command, source.paths))
        }
        let logs = stated.logs.map { source in
            SourceStatusReport.Source(kind: "logs", name: source.name, format: source.format.rawValue, origin: files(source.paths))
        }
        return cost + states + utilization + rates + cloud + advice + logs
    }
}
