package import CostModel
package import Diagnostics
import YAML

/// Reads the operator's documents, `kind: Reconciler` and `kind: Clients`, with the same care and the same messages as policies.
package enum ConfigurationLoader {
    /// - Returns: No settings when there is any error; the diagnostics by place.
    package static func load(_ file: SourceFile, now: Instant) -> (settings: ReconcilerSettings?, diagnostics: [Diagnostic]) {
        read(file, ReconcilerDocument.self, now: now)
    }

    /// The operator's document of clients, `kind: Clients`.
    ///
    /// - Returns: No clients when there is any error; the diagnostics by place.
    package static func loadClients(_ file: SourceFile, now: Instant) -> (clients: OperatorClients?, diagnostics: [Diagnostic]) {
        read(file, ClientsDocument.self, now: now)
    }

    private static func read<Document: NestedObject>(
        _ file: SourceFile, _: Document.Type, now: Instant
    ) -> (Document.Value?, [Diagnostic]) {
        let decoder = PolicyDecoder(now: now)
        let (nodes, problems) = YAMLParser.parse(file)
        problems.forEach(decoder.report)
        var value: Document.Value?
        let documents = nodes.filter { !($0.isNull && $0.range.bytes.isEmpty) }
        if documents.count == 1, problems.isEmpty {
            let anchor = documents[0].mapping?.first?.keyRange ?? documents[0].range
            let context = DecodingContext(decoder: decoder, subject: "this document", anchor: anchor)
            value = Record(documents[0], Document.description, context).flatMap(Document.build)
        } else if problems.isEmpty {
            decoder.report(Diagnostic(.error, id: "wrong-value", "'\(file.path)' must hold one document, found \(documents.count)"))
        }
        let diagnostics = decoder.sortedDiagnostics
        return (diagnostics.contains { $0.severity == .error } ? nil : value, diagnostics)
    }

    /// What stands in the document, for help and documentation.
    package static var description: ObjectDescription { ReconcilerObject.description }
    package static var clientsDescription: ObjectDescription { ClientsObject.description }
}
