import Diagnostics

/// A built-in function of Terraform's language.
struct Function: Sendable {
    enum Unknowns: Sendable {
        /// An unknown value anywhere inside an argument makes the result unknown.
        case deep
        /// Only an argument that is unknown itself does; elements are passed on.
        case shallow
        /// The function decides.
        case own
    }

    var name: String
    var arity: ClosedRange<Int>
    var unknowns: Unknowns
    /// The result is one of the arguments or a part of them and keeps its place; else it is `computed by name()`.
    var keepsOrigin: Bool
    var body: @Sendable (borrowing Call) throws(EvaluationError) -> Value

    init(
        _ name: String, _ arity: ClosedRange<Int>, unknowns: Unknowns = .deep, keepsOrigin: Bool = false,
        body: @escaping @Sendable (borrowing Call) throws(EvaluationError) -> Value
    ) {
        self.name = name
        self.arity = arity
        self.unknowns = unknowns
        self.keepsOrigin = keepsOrigin
        self.body = body
    }

    init(
        _ name: String, _ count: Int, unknowns: Unknowns = .deep, keepsOrigin: Bool = false,
        body: @escaping @Sendable (borrowing Call) throws(EvaluationError) -> Value
    ) {
        self.init(name, count...count, unknowns: unknowns, keepsOrigin: keepsOrigin, body: body)
    }
}

/// One call's arguments, with Terraform's conversions.
struct Call {
    let name: String
    let arguments: [Value]
    let evaluator: Evaluator

    var count: Int { arguments.count }

    func has(_ index: Int) -> Bool { arguments.indices.contains(index) }

    func text(_ index: Int) throws(EvaluationError) -> String { try arguments[index].requireText() }
    func number(_ index: Int) throws(EvaluationError) -> Number { try arguments[index].requireNumber() }
    func flag(_ index: Int) throws(EvaluationError) -> Bool { try arguments[index].requireBool() }

    func integer(_ index: Int) throws(EvaluationError) -> Int {
        guard let integer = try number(index).integer else { throw EvaluationError("\(name)() needs a whole number") }
        return integer
    }

    func elements(_ index: Int) throws(EvaluationError) -> [Value] {
        guard let elements = arguments[index].elements else {
            throw EvaluationError("\(name)() needs a list, but this is \(arguments[index].typeName)")
        }
        return elements
    }

    /// As elements of a list, which all have one type.
    func list(_ index: Int) throws(EvaluationError) -> [Value] {
        _ = try elements(index)
        return try arguments[index].converted(to: .list(.any)).elements ?? []
    }

    func texts(_ index: Int) throws(EvaluationError) -> [String] {
        var result: [String] = []
        for element in try elements(index) { result.append(try element.requireText()) }
        return result
    }

    func map(_ index: Int) throws(EvaluationError) -> MapValue {
        guard case .map(let map) = arguments[index].kind else {
            throw EvaluationError("\(name)() needs a map, but this is \(arguments[index].typeName)")
        }
        return map
    }

    /// A text that the function makes longer than its arguments; the limit holds before memory is taken.
    func admit(bytes: Int) throws(EvaluationError) {
        guard bytes >= 0, bytes <= evaluator.limits.size * 8 else {
            throw EvaluationError("the text made by \(name)() is too long", kind: .limit)
        }
        try evaluator.charge(bytes / 8)
    }

    func admit(elements: Int) throws(EvaluationError) {
        guard elements >= 0, elements <= evaluator.limits.size else {
            throw EvaluationError("the value made by \(name)() is too large", kind: .limit)
        }
        try evaluator.charge(elements)
    }
}

extension Function {
    static let all: [String: Function] = Dictionary(
        uniqueKeysWithValues: (texts + formats + lists + maps + sets + numbers + conversions + choices + encodings + expressions + paths)
            .map { ($0.name, $0) })

    /// Functions whose result depends on the last digits of a number: they compare, or write it in full.
    static let comparing: Set = [
        "contains", "index", "distinct", "toset", "matchkeys", "setunion", "setintersection", "setsubtract", "range", "jsonencode",
    ]

    /// Terraform's other functions: real, but their values come from outside or are not computed here.
    static let unevaluated: [String: String] = {
        var reasons: [String: String] = [:]
        for name in [
            "file", "fileexists", "fileset", "filebase64", "templatefile", "filebase64sha256", "filebase64sha512", "filemd5", "filesha1",
            "filesha256", "filesha512",
        ] {
            reasons[name] = "\(name)() reads a file"
        }
        for name in ["timestamp", "plantimestamp", "uuid", "bcrypt"] { reasons[name] = "\(name)() differs with every run" }
        for name in [
            "base64gzip", "base64sha256", "base64sha512", "cidrhost", "cidrnetmask", "cidrsubnet", "cidrsubnets", "csvdecode",
            "ephemeralasnull",
            "formatdate", "md5", "rsadecrypt", "sha1", "sha256", "sha512", "templatestring", "textdecodebase64",
            "textencodebase64", "timeadd", "timecmp", "type", "uuidv5", "yamldecode", "yamlencode",
        ] { reasons[name] = "\(name)() is not evaluated" }
        return reasons
    }()
}

extension Evaluator {
    func call(
        _ name: String, _ arguments: [Expression], _ expandsLast: Bool, _ range: Range<Int>, _ scope: Scope
    ) throws(EvaluationError) -> Value {
        let name = name.hasPrefix("core::") ? String(name.dropFirst(6)) : name
        guard scope.references.allowsCalls else {
            throw EvaluationError("\(name)() stands where Terraform takes no calls: in a variable file, or in a default")
        }
        if name == "try" || name == "can" { return try attempt(name, arguments, range, scope) }
        guard let function = Function.all[name] else {
            if let reason = Function.unevaluated[name] { return unknown(reason, range, scope) }
            if name.contains("::") { return unknown("\(name)() belongs to a provider", range, scope) }
            throw EvaluationError("there is no function '\(name)'\(DidYouMean.hint(for: name, in: Function.all.keys))")
        }
        var values: [Value] = []
        for argument in arguments { values.append(try evaluate(argument, scope)) }
        if expandsLast, let last = values.popLast() {
            if let reason = last.unknownReason { return unknown(reason, range, scope) }
            guard let elements = last.elements else { throw EvaluationError("only a list can be expanded by '...'") }
            values += elements.map { $0.inheriting(from: last) }
        }
        guard function.arity.contains(values.count) else { throw EvaluationError("\(name)() does not take \(values.count) arguments") }
        try charge(values.reduce(0) { $0 + $1.size })
        switch function.unknowns {
        case .deep: if let reason = values.lazy.compactMap(\.deepUnknownReason).first { return unknown(reason, range, scope) }
        case .shallow: if let reason = values.lazy.compactMap(\.unknownReason).first { return unknown(reason, range, scope) }
        case .own: break
        }
        if Function.comparing.contains(name), values.contains(where: \.holdsRounded) { return unknown(Number.rounding, range, scope) }
        var result = try function.body(Call(name: name, arguments: values, evaluator: self))
        if !function.keepsOrigin || result.origin == nil { result.origin = computed("computed by \(name)()", range, scope) }
        return try admitted(result)
    }

    /// try() and can(): the arguments are evaluated one after the other, and a mistake is an answer. What Terraform might have a value for
    /// is none: a limit stays one, and of what is not evaluated here the answer is not known. Neither is it where versions differ.
    private func attempt(_ name: String, _ arguments: [Expression], _ range: Range<Int>, _ scope: Scope) throws(EvaluationError) -> Value {
        guard !arguments.isEmpty else { throw EvaluationError("\(name)() needs an argument") }
        for argument in arguments { try requireNames(in: argument, scope) }
        let arguments = name == "can" ? arguments.prefix(1) : arguments[...]
        var strict = scope
        strict.isStrict = true
        guard scope.operators == nil else { return try answer(of: name, arguments, range, strict) }
        strict.operators = .needed
        let newer = try answer(of: name, arguments, range, strict)
        guard arguments.contains(where: { Self.hasLogic($0) }) else { return newer }
        strict.operators = .both
        do throws(EvaluationError) {
            let older = try answer(of: name, arguments, range, strict)
            guard older.deepUnknownReason == nil else { return older }
            guard newer.deepUnknownReason == nil, !older.equals(newer) else { return newer }
            return unknown("versions of Terraform differ in what \(name)() finds", range, scope)
        } catch {
            // What the older refuses has the newer's value, where anybody applies it.
            guard error.kind == .mistake else { throw error }
            return newer
        }
    }

    private static func hasLogic(_ expression: Expression) -> Bool {
        if case .binary(let sign, _, _) = expression.kind, sign == .and || sign == .or { return true }
        return expression.children.contains { hasLogic($0) }
    }

    private func answer(
        of name: String, _ arguments: ArraySlice<Expression>, _ range: Range<Int>, _ scope: Scope
    ) throws(EvaluationError) -> Value {
        let onlyAsks = name == "can"
        for argument in arguments {
            do throws(EvaluationError) {
                let value = try evaluate(argument, scope)
                guard onlyAsks else { return value.adding(.function("try")) }
                if let reason = value.deepUnknownReason { return unknown(reason, range, scope) }
                return Value(.bool(true), origin: computed("computed by can()", range, scope))
            } catch {
                switch error.kind {
                case .mistake: continue
                case .limit, .refused: throw error
                case .unsupported: return unknown(error.message, range, scope)
                }
            }
        }
        guard onlyAsks else { throw EvaluationError("none of try()'s arguments has a value") }
        return Value(.bool(false), origin: computed("computed by can()", range, scope))
    }
}
