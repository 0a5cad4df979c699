package import CostModel
package import Diagnostics
import YAML

/// Reads a workspace's policies from YAML and checks them as a whole.
///
/// The workspace's own file says where the policies are, so loading has two steps, which `load(workspace:paths:now:read:)` joins:
///
/// ```swift
/// let (policies, diagnostics) = try PolicyLoader.load(workspace: file, paths: allPathsOfTheTree, now: now) { path in
///     try tree.contents(of: path)
/// }
/// ```
package enum PolicyLoader {
    /// Both steps: finds the workspace's policy files among the tree's paths, reads and checks them.
    ///
    /// - Parameter read: The bytes of a file of the tree.
    package static func load<Failure: Error>(
        workspace: SourceFile, paths: [String], now: Instant, read: (String) throws(Failure) -> [UInt8]
    ) throws(Failure) -> (policies: PolicySet?, diagnostics: [Diagnostic]) {
        let found = policyFiles(of: workspace, among: paths)
        var files: [SourceFile] = []
        for path in found.files { files.append(SourceFile(path: path, bytes: try read(path))) }
        let (policies, diagnostics) = load(files: files, workspace: workspace, now: now, isComplete: found.diagnostics.isEmpty)
        return (found.diagnostics.isEmpty ? policies : nil, (found.diagnostics + diagnostics).sorted(by: Diagnostic.precedes))
    }

    /// What a workspace is called; nil where its file does not say so. Nothing else of it is checked.
    package static func workspaceName(in workspace: SourceFile) -> String? {
        let node = YAMLParser.parse(workspace).documents.first { $0["kind"]?.scalar?.text == "Workspace" }
        return node?["metadata"]?["name"]?.scalar?.text
    }

    /// The first step: the policy files that the workspace names, sorted, among all paths of the tree.
    ///
    /// - Returns: No files where the workspace itself cannot be read; its problems are reported by the second step.
    package static func policyFiles(of workspace: SourceFile, among paths: [String]) -> (files: [String], diagnostics: [Diagnostic]) {
        guard let policyPaths = policyPaths(of: workspace) else { return ([], []) }
        return PolicyDiscovery.files(policyPaths, among: paths, workspaceFile: workspace.path)
    }

    /// The second step: reads and checks everything.
    ///
    /// - Parameters:
    ///   - files: The policy files, without the workspace's own.
    ///   - now: Exemptions are measured by it.
    /// - Returns: No policies when there is any error; the diagnostics by file and place.
    package static func load(
        files: [SourceFile], workspace: SourceFile, now: Instant
    ) -> (policies: PolicySet?, diagnostics: [Diagnostic]) {
        load(files: files, workspace: workspace, now: now, isComplete: true)
    }

    private static func load(
        files: [SourceFile], workspace: SourceFile, now: Instant, isComplete: Bool
    ) -> (policies: PolicySet?, diagnostics: [Diagnostic]) {
        let loaded = load(files: files, tests: [], workspace: workspace, now: now, isComplete: isComplete)
        return (loaded.policies, loaded.diagnostics)
    }

    /// - Parameter isComplete: False when files are missing: then names that seem unknown are let pass, the files are what is wrong.
    private static func load(
        files: [SourceFile], tests: [SourceFile], workspace: SourceFile, now: Instant, isComplete: Bool
    ) -> (policies: PolicySet?, tests: [PolicyTest], diagnostics: [Diagnostic]) {
        let decoder = PolicyDecoder(now: now)
        var reader = DocumentReader(decoder: decoder)
        let files = files.sorted { $0.path < $1.path }
        let own = reader.read(workspace, isWorkspace: true)
        let others = files.flatMap { reader.read($0, isWorkspace: false) }
        let testing = tests.flatMap { reader.read($0, isWorkspace: false) }
        // The workspace first, whatever stands before it: it says in which currency the amounts are.
        let documents = own.filter { $0.envelope.kind == .workspace } + own.filter { $0.envelope.kind != .workspace } + others
        for document in documents + testing {
            if WorkLimit.isReached {
                decoder.report(Diagnostic(.error, id: "stopped", "reading was stopped", at: document.envelope.name.range))
                break
            }
            decode(document, decoder)
        }
        checkWorkspace(documents, of: workspace, isComplete: !reader.isIncomplete, decoder)
        checkPlacement(documents, testing, decoder)
        NameCheck.run(decoder)
        ReferenceCheck.run(decoder, isComplete: isComplete && !reader.isIncomplete)
        if isComplete, !reader.isIncomplete { CapCheck.run(decoder) }
        OwnershipCheck.run(decoder)
        AllocationCheck.run(decoder)
        TagRuleCheck.run(decoder)
        let diagnostics = decoder.sortedDiagnostics
        guard !diagnostics.contains(where: { $0.severity == .error }),
            var policies = PolicySet(decoder, digest: digest(of: [workspace] + files))
        else { return (nil, [], diagnostics) }
        let comments = InlineComments([workspace] + files)
        policies.policies = policies.policies.map(comments.attached)
        policies.objects = documents.map { ObjectFlattener.object($0, Kinds.spec(of: $0.envelope.kind)) }
            .sorted { $0.reference < $1.reference }
        let found = decoder.objects.compactMap { object -> PolicyTest? in
            if case .test(let test) = object { return test }
            return nil
        }
        return (policies, found, (diagnostics + comments.strays(besides: policies.policies)).sorted(by: Diagnostic.precedes))
    }

    /// Tests stand in files of their own, and policies do not stand there: nobody would find them.
    private static func checkPlacement(_ documents: [OpenDocument], _ testing: [OpenDocument], _ decoder: PolicyDecoder) {
        for document in documents where document.envelope.kind == .test {
            decoder.report(
                Diagnostic(
                    .error, id: "misplaced-test", "a Test belongs into a file whose name ends with _test.yaml",
                    at: document.envelope.name.range))
        }
        for document in testing where document.envelope.kind != .test {
            decoder.report(
                Diagnostic(
                    .error, id: "misplaced-policy", "only Tests stand in a file whose name ends with _test.yaml",
                    at: document.envelope.name.range))
        }
    }

    /// Reads the policies and the tests beside them.
    ///
    /// - Returns: No policies when there is any error in either.
    package static func loadTests<Failure: Error>(
        workspace: SourceFile, paths: [String], now: Instant, read: (String) throws(Failure) -> [UInt8]
    ) throws(Failure) -> (policies: PolicySet?, tests: [PolicyTest], diagnostics: [Diagnostic]) {
        let found = policyFiles(of: workspace, among: paths)
        let testPaths = PolicyDiscovery.tests((policyPaths(of: workspace) ?? []).map(\.value), among: paths)
        var files: [SourceFile] = []
        for path in found.files { files.append(SourceFile(path: path, bytes: try read(path))) }
        var tests: [SourceFile] = []
        for path in testPaths { tests.append(SourceFile(path: path, bytes: try read(path))) }
        let loaded = load(files: files, tests: tests, workspace: workspace, now: now, isComplete: found.diagnostics.isEmpty)
        let diagnostics = (found.diagnostics + loaded.diagnostics).sorted(by: Diagnostic.precedes)
        return found.diagnostics.isEmpty ? (loaded.policies, loaded.tests, diagnostics) : (nil, [], diagnostics)
    }

    /// The scenarios of one file, which need not be among the policies; other objects of it are left out.
    ///
    /// - Parameter currency: the workspace's.
    package static func loadScenarios(
        _ file: SourceFile, currency: Currency, now: Instant
    ) -> (scenarios: [Scenario], diagnostics: [Diagnostic]) {
        let decoder = PolicyDecoder(now: now)
        decoder.currency = currency
        var reader = DocumentReader(decoder: decoder)
        for document in reader.read(file, isWorkspace: false) where document.envelope.kind == .scenario { decode(document, decoder) }
        NameCheck.run(decoder)
        let diagnostics = decoder.sortedDiagnostics
        guard !diagnostics.contains(where: { $0.severity == .error }) else { return ([], diagnostics) }
        return (decoder.objects.compactMap { if case .scenario(let scenario) = $0 { scenario } else { nil } }, diagnostics)
    }

    private static func policyPaths(of workspace: SourceFile) -> [Located<String>]? {
        let decoder = PolicyDecoder(now: Instant(seconds: 0))
        var reader = DocumentReader(decoder: decoder)
        guard let document = reader.read(workspace, isWorkspace: true).first(where: { $0.envelope.kind == .workspace }),
            let record = Record(document.spec, WorkspaceObject.description, document.context)
        else { return nil }
        return record.value(of: WorkspaceObject.policies)
    }

    private static func decode(_ document: OpenDocument, _ decoder: PolicyDecoder) {
        let object = Kinds.object(of: document.envelope.kind)
        decoder.envelopes.append(document.envelope)
        guard let record = Record(document.spec, object.type.description, document.context) else { return }
        switch object {
        case .policy(let type): if let policy = build(type, record, document.envelope) { decoder.policies.append(policy) }
        case .supporting(let type): if let built = type.build(record, document.envelope) { decoder.objects.append(built) }
        }
    }

    private static func build(_ type: (some PolicyKindObject).Type, _ record: Record, _ envelope: Envelope) -> (any PolicyBody)? {
        type.build(record, envelope)
    }

    private static func checkWorkspace(_ documents: [OpenDocument], of file: SourceFile, isComplete: Bool, _ decoder: PolicyDecoder) {
        let workspaces = documents.filter { $0.envelope.kind == .workspace && $0.envelope.place.file == file.path }
        for second in workspaces.dropFirst() {
            decoder.report(
                Diagnostic(
                    .error, id: "second-workspace", "a second Workspace: there is one in a workspace", at: second.envelope.name.range,
                    notes: [.init("the first is here", at: workspaces[0].envelope.name.range)]))
        }
        // Where a document could not be read, it may have been meant as the workspace.
        guard workspaces.isEmpty, isComplete else { return }
        decoder.report(
            Diagnostic(.error, id: "missing-workspace", "\(file.path) holds no object of kind Workspace", at: SourceRange(file, 0..<0)))
    }

    private static func digest(of files: [SourceFile]) -> String {
        var hash = SHA256()
        for file in files.sorted(by: { $0.path < $1.path }) {
            hash.update(field: file.path)
            hash.update("\(file.bytes.count):".utf8)
            hash.update(file.bytes)
        }
        return hash.hexDigest()
    }
}

extension PolicySet {
    /// Nil when no workspace is among the objects.
    fileprivate init?(_ decoder: PolicyDecoder, digest: String) {
        var workspace: Workspace?
        var teams: [Team] = []
        var allocations: [Allocation] = []
        var metrics: [UnitMetric] = []
        var scenarios: [Scenario] = []
        var tagRules: [TagRule] = []
        var exemptions: [Exemption] = []
        var baseline: Baseline?
        var notifications: [NotificationPolicy] = []
        var campaigns: [Campaign] = []
        for object in decoder.objects {
            switch object {
            case .workspace(let value): workspace = value
            case .team(let value): teams.append(value)
            case .allocation(let value): allocations.append(value)
            case .metric(let value): metrics.append(value)
            case .tagRule(let value): tagRules.append(value)
            case .exemption(let value): exemptions.append(value)
            case .baseline(let value): baseline = value
            case .notification(let value): notifications.append(value)
            case .campaign(let value): campaigns.append(value)
            case .scenario(let value): scenarios.append(value)
            case .test: continue
            }
        }
        guard let workspace else { return nil }
        self.init(
            workspace: workspace, teams: teams, policies: decoder.policies, allocations: allocations, metrics: metrics,
            scenarios: scenarios, tagRules: TagRules(tagRules), exemptions: exemptions, baseline: baseline, notifications: notifications,
            campaigns: campaigns, digest: digest)
    }
}
