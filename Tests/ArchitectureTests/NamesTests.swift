import Testing

/// One word, one meaning: what a type was called before it had the name that a colleague would say, and which names two modules share.
@Suite("names")
struct NamesTests {
    /// Names that said nothing, or too many things. None comes back.
    private static let retired: [(name: String, now: String)] = [
        ("Pass", "EvaluatedWorkspace: a pass is also a verdict and a run"),
        ("World", "ServerContext"), ("TestWorld", "PolicyTestFixture"),
        ("Wish", "FixRequest"), ("WishList", "FixRequests"), ("Draft", "EditResolver: drafts are of requests and commits"),
        ("Site", "EditLocation, DecodingContext"), ("InsertionPoint", "EditLocation"),
        ("PolicySeason", "PolicyRollout"),
        ("Saying", "CommitReferences"), ("Face", "HostAPI"), ("Memory", "RunCheckpoint"), ("Halt", "StageError"),
        ("RequestBoard", "RequestReconciler"), ("RequestKeeper", "RequestExecutor"), ("OutsideView", "RemoteState"),
        ("Standing", "SavingsStatus, ExemptionStatus, RemoteStatus"), ("Loudness", "AnnotationLevel"),
        ("BillPass", "BillScan"), ("BillTally", "BillAggregator"), ("BillQuestion", "BillQuery"), ("RowWitness", "RowSampler"),
        ("Exposure", "SpendByScope"), ("TeamAccount", "TeamScoreInputs"), ("SpendBook", "SpendTotals"), ("BudgetBook", "BudgetTotals"),
        ("Gate", "what it lets pass"), ("RuleDescription", "FindingType: a rule is a kind of policy"), ("RuleRegistry", "FindingTypes"),
    ]

    @Test("that were given up are no type's any more")
    func retiredNames() {
        #expect(Sources.types.count > 500, "the types were not found")
        for (name, now) in Self.retired {
            #expect(Sources.types[name] == nil, "'\(name)' is a type of \(Sources.types[name] ?? []); say \(now)")
        }
    }

    /// Names that two modules have, and why. Neither sees the other's.
    private static let shared: [(names: Set<String>, why: String)] = [
        (["Expression", "Function", "Lexer", "Parser", "Token"], "each language has its own"),
        (["Call"], "a request at its route is no call of a function"),
        (["AllowedValues", "TreePath"], "one reads what the other is handed"),
    ]

    @Test("stand for one thing: no two modules have a type of the same name")
    func oneMeaning() {
        let known = Self.shared.reduce(into: Set<String>()) { $0.formUnion($1.names) }
        let several = Sources.topLevelTypes.filter { $0.value.count > 1 }
        for (name, modules) in several { #expect(known.contains(name), "'\(name)' is a type of \(modules.sorted())") }
        for name in known { #expect(several[name] != nil, "'\(name)' has one meaning now: take it off the list") }
    }

    /// Entries of the glossary that are types: what people say and what the code says is one word.
    private static let types: Set = [
        "Applicability", "Badge", "Baseline", "Budget", "Change", "Column", "Diagnostic", "Enforcement", "Evidence", "Exemption", "Finding",
        "Ledger", "Plan", "Problem", "Proposal", "Rule", "Run", "Scorecard", "Snapshot", "State folder", "Streak", "Suppression", "Team",
        "Workspace",
    ]

    @Test("of the glossary that the code uses too are types, and none of them was given up")
    func glossary() throws {
        let entries = try Set(Page.catalogue("Glossary").all("^\\*\\*([^*]+)\\*\\*"))
        #expect(entries.count > 40, "the entries were not found")
        for entry in Self.types {
            #expect(entries.contains(entry), "'\(entry)' is no entry")
            let name = entry.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
            #expect(Sources.types[name] != nil, "no type is called '\(name)'")
        }
        for (name, now) in Self.retired {
            #expect(!entries.contains(name), "the glossary has '\(name)'; say \(now)")
        }
    }

    @Test("of the glossary have one entry each")
    func once() throws {
        let entries = try Page.catalogue("Glossary").all("^\\*\\*([^*]+)\\*\\*")
        #expect(Set(entries).count == entries.count)
    }
}
