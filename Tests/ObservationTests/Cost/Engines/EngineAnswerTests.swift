import CostModel
import Testing

@testable import Observation

@Suite("an answer of a query engine")
struct EngineAnswerTests {
    private static let place = "bursar.yaml:9:11"
    private static let table = "lake.focus (DuckDB)"

    @Test("gives the lines that its rows would give, whatever their order")
    func whole() throws {
        let engine = try EngineBill()
        let rows = [
            engine.row(effective: "2.5", charges: 3), engine.row(["k_ServiceName": "S3, \"cold\""], effective: "0.000000000000000001"),
            engine.control(billed: "2", effective: "2.500000000000000001", charges: 4),
        ]
        let expected = ["EC2 2.5", "S3, \"cold\" 0.000000000000000001"]
        #expect(engine.lines([try engine.client(answering: engine.csv(rows))]) == expected)
        #expect(engine.lines([try engine.client(answering: engine.csv(rows.reversed()))]) == expected)
    }

    @Test("may be JSON, a line for each row or one list")
    func json() throws {
        let engine = try EngineBill()
        let rows = [engine.row(effective: "2"), engine.control(billed: "1", effective: "2", charges: 1)]
        let objects = rows.map { row in
            "{" + zip(engine.question.fields, row).map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + "}"
        }
        let lines = try engine.client(answering: objects.joined(separator: "\n") + "\n", engine: .spark)
        #expect(engine.lines([lines], engine.source(.spark)) == ["EC2 2"])
        let list = try engine.client(answering: "[\(objects.joined(separator: ",\n"))]", engine: .bigquery)
        #expect(engine.lines([list], engine.source(.bigquery)) == ["EC2 2"])
        let cut = try engine.client(answering: "[\(objects[0]),", engine: .bigquery)
        #expect(engine.lines([cut], engine.source(.bigquery)).first?.contains("the engine's answer is not whole: it is no JSON") == true)
        let other = try engine.client(answering: "{\"part\": \"row\"}\n", engine: .spark)
        #expect(engine.lines([other], engine.source(.spark)).first?.contains("other columns than were asked for: 'part'") == true)
    }

    @Test("may spell numbers with exponents: they are read exactly")
    func exponents() throws {
        let engine = try EngineBill()
        let rows = [
            engine.row(effective: "1e-07"), engine.row(["k_SubAccountId": "2"], effective: "1.5E2"),
            engine.control(billed: "2.0E0", effective: "150.0000001", charges: 2),
        ]
        #expect(engine.lines([try engine.client(answering: engine.csv(rows))]) == ["EC2 150.0000001"])
    }

    @Test("of an empty table is a bill without rows")
    func empty() throws {
        let engine = try EngineBill()
        let answer = engine.csv([engine.control(billed: "", effective: "", charges: 0)])
        #expect(
            engine.lines([try engine.client(answering: answer)]) == [
                "\(Self.place): partial empty-bill: the bill 'billing' has no rows"
            ])
    }

    private struct Broken: CustomTestStringConvertible {
        var name: String
        var reason: String
        var change: @Sendable (EngineBill) -> String
        var testDescription: String { name }
    }

    private static let broken: [Broken] = [
        Broken(name: "nothing", reason: "it is empty") { _ in "" },
        Broken(name: "half", reason: "its control row is missing") { $0.csv([$0.row()]) },
        Broken(name: "half a line", reason: "line 3: 13 fields: expected 15, as in the header") {
            String($0.csv([$0.row(), $0.row()]).dropLast(9))
        },
        Broken(name: "a count that lies", reason: "its rows add up to 2, and its control row says 3") {
            $0.csv([$0.row(charges: 2), $0.control(billed: "1", effective: "1", charges: 3)])
        },
        Broken(name: "a sum that lies", reason: "its EffectiveCost add up to 1, and its control row says 1.000000000000000001") {
            $0.csv([$0.row(), $0.control(billed: "1", effective: "1.000000000000000001", charges: 1)])
        },
        Broken(name: "a rounded sum", reason: "its BilledCost add up to 0.333, and its control row says 0.3333") {
            $0.csv([$0.row(billed: "0.333"), $0.control(billed: "0.3333", effective: "1", charges: 1)])
        },
        Broken(name: "a sum that overflowed into nothing", reason: "EffectiveCost: expected a decimal number, found ''") {
            $0.csv([$0.row(effective: ""), $0.control(billed: "1", effective: "", charges: 1)])
        },
        Broken(name: "no number", reason: "EffectiveCost: expected a decimal number, found 'NaN'") {
            $0.csv([$0.row(effective: "NaN"), $0.control(billed: "1", effective: "NaN", charges: 1)])
        },
        Broken(name: "two control rows", reason: "it has rows that were not asked for") {
            $0.csv([$0.row()] + Array(repeating: $0.control(billed: "1", effective: "1", charges: 1), count: 2))
        },
        Broken(name: "a row of no kind", reason: "it has rows that were not asked for") {
            $0.csv([$0.row(["part": "NULL"]), $0.control(billed: "1", effective: "1", charges: 1)])
        },
    ]

    @Test("that is not whole is no bill", arguments: broken)
    private func incomplete(broken: Broken) throws {
        let engine = try EngineBill()
        let lines = engine.lines([try engine.client(answering: broken.change(engine))])
        #expect(lines == ["\(Self.table): partial engine-answer: the engine's answer is not whole: \(broken.reason)"])
    }

    @Test("in other columns is no bill")
    func columns() throws {
        let engine = try EngineBill()
        let swapped = engine.csv([]).replacing("\"part\",", with: "")
        for answer in ["id,name\n1,2\n", swapped, "Warning: something\n" + engine.csv([])] {
            let lines = engine.lines([try engine.client(answering: answer)])
            #expect(lines.count == 1 && lines[0].contains("partial engine-answer: the engine's answer has other columns"), "\(lines)")
        }
    }

    @Test("of a session in another time zone, or that passes over what it cannot read, is no bill")
    func checks() throws {
        let engine = try EngineBill()
        func line(_ checks: String) throws -> String {
            let rows = [engine.row(), engine.control(billed: "1", effective: "1", charges: 1, checks: checks)]
            return engine.lines([try engine.client(answering: engine.csv(rows))]).joined()
        }
        #expect(try line("1999-12-31 2000-01-01 0").contains("the engine's session is not in UTC"))
        #expect(try line("2000-01-01 2000-01-02 0").contains("the engine's session is not in UTC"))
        #expect(try line("2000-01-01 2000-01-01 7").contains("cannot read the costs, quantities or tags of 7 rows"))
        #expect(try line("2000-01-01 2000-01-01 overflow").contains("the sums are larger than this version of the engine adds up exactly"))
        #expect(try line("").contains("not in UTC"))
    }

    @Test("whose rows cannot be read is told of as any bill is")
    func badRows() throws {
        let engine = try EngineBill()
        let rows = [
            engine.row(), engine.row(["k_ChargePeriodStart": ""]), engine.control(billed: "2", effective: "2", charges: 2),
        ]
        let lines = engine.lines([try engine.client(answering: engine.csv(rows))])
        #expect(lines.first == "EC2 1")
        #expect(lines.count == 2 && lines[1].contains("partial bad-row: ChargePeriodStart: expected a date and time"), "\(lines)")
    }

    @Test("counts the charges that its rows stand for, and tells an absent tag from an empty one")
    func meaning() throws {
        let engine = try EngineBill(by: [.tagSet], tagKeys: ["cost center", "team"])
        let rows = [
            engine.row(["k_tag_2": "=a\"b"], effective: "1", charges: 5), engine.row(["k_tag_2": "="], effective: "2", charges: 2),
            engine.row(["k_ChargePeriodEnd": "2026-11-01"], effective: "4"), engine.control(billed: "3", effective: "7", charges: 8),
        ]
        let bytes = Array(engine.csv(rows).utf8)
        let bill = try EngineAnswer(bytes, to: engine.question, output: .csv).bill
        #expect(bill.charges == 8)
        #expect(
            String(decoding: bill.text, as: UTF8.self) == #"""
                ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,BillingPeriodEnd,BillingCurrency,ChargeCategory,SubAccountId,\#
                BilledCost,EffectiveCost,Tags,x_BursarCharges
                2026-10-31,2026-11-01,2026-10-01,2026-11-01,USD,Usage,1,1,1,"{""team"":""a\""b""}",5
                2026-10-31,2026-11-01,2026-10-01,2026-11-01,USD,Usage,1,1,2,"{""team"":""""}",2
                2026-10-31,2026-11-02,2026-10-01,2026-11-01,USD,Usage,1,1,4,,1

                """#)
        let reader = BillReader(
            sources: [engine.source()], directory: engine.bill.folder.path, now: engine.bill.now,
            clients: EngineClients([try engine.client(answering: engine.csv(rows))], environment: [:]))
        let breakdown = reader.breakdown(by: [.tag("cost center"), .tag("team")], currency: .usd).breakdown
        #expect(breakdown.rowCount == 8)
        #expect(breakdown.rows.map { "\($0.values[1] ?? "–") \($0.amount)" } == ["– 4", " 2", "a\"b 1"])
    }
}
