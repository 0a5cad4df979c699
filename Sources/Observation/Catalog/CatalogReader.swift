package import CostModel

/// Reads a workspace's own instance types, CSV with a header: `instance_type`, `vcpu`, `memory_mib`, `on_demand_usd_hour…` and, where they
/// are not to be guessed from the name, `family` and `arch`. Other columns are passed over.
package struct CatalogReader {
    /// The base with the file's entries in place of those of the same names. What cannot be read keeps the base's entry and is a problem.
    package static func read(
        _ name: String, directory: String, replaced: ReplacedFiles? = nil, over base: InstanceCatalog = .builtIn
    ) -> (catalog: InstanceCatalog, problems: [ObservationProblem]) {
        let problems = RowProblems(file: name)
        var entries: [InstanceCatalog.Entry] = []
        do throws(FileFault) {
            let file = ObservedFile(name: name, in: ObservedFolder(directory, replaced: replaced))
            if let table = try file.table(problems: problems), let columns = Columns(table.columns, problems) {
                var incomplete = 0
                try table.forEachRow(problems: problems) { record throws(FieldFault) in
                    guard columns.areStated(in: record) else {
                        incomplete += 1
                        return
                    }
                    let entry = try columns.entry(of: record)
                    entries.append(entry)
                }
                if incomplete > 0 {
                    problems.add(
                        .note, id: "incomplete-entry", "\(incomplete) instance types without vCPU, memory or price are passed over")
                }
            }
        } catch {
            problems.add(error)
        }
        guard !entries.isEmpty else { return (base, problems.all.sorted()) }
        let all = base.entries.values.sorted { $0.name < $1.name } + entries
        return (InstanceCatalog(source: "\(name), else \(base.source)", entries: all), problems.all.sorted())
    }

    private struct Columns {
        let name: Int
        let vcpu: Int
        let memory: Int
        let price: Int
        let family: Int?
        let architecture: Int?

        init?(_ columns: [String], _ problems: RowProblems) {
            func find(_ name: String) -> Int? { columns.firstIndex(of: name) }
            let price = columns.firstIndex { $0.hasPrefix("on_demand_usd_hour") }
            for (column, index) in [
                ("instance_type", find("instance_type")), ("vcpu", find("vcpu")), ("memory_mib", find("memory_mib")),
                ("on_demand_usd_hour", price),
            ] where index == nil {
                problems.add(.partial, id: "missing-column", line: 1, "the column '\(column)' is missing")
            }
            guard let name = find("instance_type"), let vcpu = find("vcpu"), let memory = find("memory_mib"), let price else { return nil }
            (self.name, self.vcpu, self.memory, self.price) = (name, vcpu, memory, price)
            family = find("family")
            architecture = find("arch")
        }

        /// Published catalogues know some types by name only.
        func areStated(in record: CSVRecord) -> Bool { ![vcpu, memory, price].contains { record[$0].isNull } }

        func entry(of record: CSVRecord) throws(FieldFault) -> InstanceCatalog.Entry {
            let name = record[self.name].text
            guard !record[self.name].isNull else { throw FieldFault(field: self.name, message: "expected an instance type, found nothing") }
            let stated = family.flatMap { record[$0].isNull ? nil : record[$0].text }
            return InstanceCatalog.Entry(
                name: name, family: stated ?? String(name.prefix { $0 != "." }), vcpu: try count(record, vcpu),
                memoryMiB: try count(record, memory), architecture: try architecture(record), hourly: try price(record))
        }

        private func count(_ record: CSVRecord, _ index: Int) throws(FieldFault) -> Int {
            guard let number = Int32(record[index].text), number > 0 else {
                throw FieldFault(field: index, message: "expected a whole number above 0, found \(record[index].excerpt)")
            }
            return Int(number)
        }

        private func price(_ record: CSVRecord) throws(FieldFault) -> FixedDecimal {
            do throws(FixedDecimal.ParseError) {
                let number = try FixedDecimal(parsing: record[price].bytes)
                if !number.isNegative { return number }
            } catch {}
            throw FieldFault(field: price, message: "expected a price in dollars an hour, found \(record[price].excerpt)")
        }

        private func architecture(_ record: CSVRecord) throws(FieldFault) -> String {
            guard let index = architecture, !record[index].isNull else { return "x86_64" }
            switch record[index].text {
            case "x86_64", "amd64": return "x86_64"
            case "arm64", "aarch64": return "arm64"
            default: throw FieldFault(field: index, message: "expected x86_64 or arm64, found \(record[index].excerpt)")
            }
        }
    }
}
