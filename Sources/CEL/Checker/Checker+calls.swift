internal import Diagnostics

extension Checker {
    func checkCall(
        _ expression: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression], _ nameRange: Range<Int>
    ) {
        // `math.abs(x)` is a function with a qualified name, and not a method of something named math.
        if let target, let space = target.qualifiedName, !isLocal(space) {
            for candidate in candidates("\(space).\(name)") {
                let found = functions(candidate).filter { !$0.isMethod }
                guard !found.isEmpty else { continue }
                return checkArguments(expression, candidate, found, arguments, nameRange)
            }
            let prefix = "\(space)."
            let siblings = library.names.filter { $0.hasPrefix(prefix) }
            if !siblings.isEmpty, !environment.variables.contains(where: { $0.name == space }) {
                for argument in arguments { check(argument) }
                let hint = DidYouMean.hint(for: "\(prefix)\(name)", in: siblings + (space == "cel" ? ["cel.bind"] : []))
                return fail(expression, "unknown function '\(prefix)\(name)'\(hint)", nameRange)
            }
        }
        let isMethod = target != nil
        let all = (target.map { [$0] } ?? []) + arguments
        for candidate in isMethod ? [name] : candidates(name) {
            let found = functions(candidate).filter { $0.isMethod == isMethod }
            guard found.isEmpty else { return checkArguments(expression, candidate, found, all, nameRange) }
        }
        for argument in all { check(argument) }
        fail(expression, unknown(name, isMethod: isMethod), nameRange)
    }

    private func functions(_ name: String) -> [Function] { (declared[name] ?? []) + library.functions(name) }

    private func unknown(_ name: String, isMethod: Bool) -> String {
        let kind = isMethod ? "method" : "function"
        let other = functions(name)
        if !other.isEmpty {
            return isMethod ? "'\(name)' is a function: write \(name)(x)" : "'\(name)' is a method: write x.\(name)()"
        }
        if isMethod, Parser.loops[name] != nil { return "the macro '\(name)' has other arguments, as in x.\(name)(element, condition)" }
        let macros = isMethod ? Array(Parser.loops.keys) + ["optMap", "optFlatMap"] : ["has"]
        let known = library.names.filter { name in library.functions(name).contains { $0.isMethod == isMethod } }
        return "unknown \(kind) '\(name)'" + DidYouMean.hint(for: name, in: known + macros)
    }

    private func checkArguments(
        _ expression: Expression, _ name: String, _ forms: [Function], _ arguments: [Expression], _ nameRange: Range<Int>
    ) {
        let types = arguments.map { check($0) }
        let fitting = forms.filter { $0.parameters.count == types.count }
        guard isChecked else {
            expression.type = .dyn
            return fitting.isEmpty ? fail(expression, "no such overload of '\(name)'") : (expression.meaning = .functions(fitting))
        }
        var matches: [Function] = []
        var result: CELType?
        for form in fitting {
            let (parameters, formResult) = unifier.instance(form.parameters, result: form.result)
            guard unifier.assign(types, to: parameters) else { continue }
            matches.append(form)
            let type = unifier.resolve(formResult)
            result = result == nil || result == type ? type : .dyn
        }
        guard let result else {
            let isSymbol = name.hasPrefix("_") || name.hasSuffix("_") || name.hasPrefix("@")
            return fail(expression, mismatch(name, forms, types), isSymbol ? expression.range : nameRange)
        }
        if arguments.isEmpty == false, name == "matches" || name.hasPrefix("regex.") { checkPattern(arguments[1]) }
        expression.type = result
        expression.meaning = .functions(matches)
    }

    /// A pattern that is written out is looked at now, rather than when it is used.
    private func checkPattern(_ expression: Expression) {
        guard case .constant(.string(let text)) = expression.kind, let problem = Library.patternProblem(text) else { return }
        report(problem, expression.range)
    }

    private func mismatch(_ name: String, _ forms: [Function], _ types: [CELType]) -> String {
        let spoken = types.map { resolved($0).spoken }
        if forms[0].name == "_\(forms[0].name.filter { $0 != "_" })_", spoken.count == 2 {
            let sign = name.filter { $0 != "_" }
            var hint = ""
            if Set(spoken).count == 2, Set(spoken).isSubset(of: ["int", "uint", "double"]) {
                hint = "; convert one, as in double(x)"
            }
            return "'\(sign)' does not take \(spoken[0]) and \(spoken[1])\(hint)"
        }
        if name == "@in" { return "'in' does not look for \(spoken[0]) in \(spoken[1])" }
        if name == "!_" || name == "-_" { return "'\(name.prefix(1))' does not take \(spoken[0])" }
        let isMethod = forms[0].isMethod
        let given = (isMethod ? Array(spoken.dropFirst()) : spoken).joined(separator: ", ")
        let receiver = isMethod ? "\(spoken[0])." : ""
        let wanted = forms.prefix(3).map { form in
            let parameters = form.parameters.map(\.spoken)
            let list = (isMethod ? Array(parameters.dropFirst()) : parameters).joined(separator: ", ")
            return (isMethod ? "\(parameters[0])." : "") + "\(name)(\(list))"
        }
        return "there is no \(receiver)\(name)(\(given)); there is \(wanted.joined(separator: ", "))"
    }
}
