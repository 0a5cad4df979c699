package import CostModel

extension BillReader {
    /// What an engine is asked for one source, and why.
    package struct Statement: Hashable, Sendable {
        package var source: String
        package var engine: QueryEngine
        package var purpose: String
        package var text: String
    }

    /// The statements by which engines are asked; nobody is asked for that. Parquet files are not among them: what they are asked for depends
    /// on their columns.
    package func statements(
        by dimensions: [CostBreakdown.Dimension], cost: CostBasis, period: Range<Day>?, currency: Currency?, ownerTagKeys: Set<String>,
        judging needs: (tagKeys: Set<String>, bases: Set<CostBasis>, leaves: Bool, terms: Bool, transfer: Bool, units: Bool),
        tagRules: TagRules = .none
    ) -> [Statement] {
        let breakdown = breakdownQuery(
            by: dimensions, cost: cost, period: period, currency: currency, ownerTagKeys: ownerTagKeys, owner: nil,
            tagRules: tagRules)
        let judging = judgingQuery(
            currency: currency, tagKeys: needs.tagKeys, bases: needs.bases, leaves: needs.leaves, terms: needs.terms,
            transfer: needs.transfer)
        return parts.flatMap { part -> [Statement] in
            guard let table = part.table else { return [] }
            return [("a breakdown", breakdown, false), ("policies", judging, needs.units)].map { purpose, query, units in
                let question = EngineQuestion(query, usage: query.sumsQuantities, units: units, missing: table.missing)
                if let key = question.unaskableTagKey {
                    return Statement(
                        source: part.name, engine: table.engine, purpose: purpose, text: "-- \(EngineQuestion.refusal(of: key))\n")
                }
                let statement = EngineStatement(
                    question, of: table, partition: part.runner?.client.partition, today: now.day, version: part.runner?.client.version)
                return Statement(source: part.name, engine: table.engine, purpose: purpose, text: statement.text)
            }
        }
    }
}
