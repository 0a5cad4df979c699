extension Function {
    static let conversions: [Function] = [
        converting("tostring", .string), converting("tonumber", .number), converting("tobool", .bool),
        converting("tolist", .list(.any)), converting("toset", .set(.any)), converting("tomap", .map(.any)),
    ]

    private static func converting(_ name: String, _ type: ValueType) -> Function {
        Function(name, 1, unknowns: .shallow, keepsOrigin: true) { call throws(EvaluationError) in
            // A set with an unknown element may have fewer elements than were given.
            if name == "toset", let reason = call.arguments[0].deepUnknownReason { return .unknown(reason) }
            return try call.arguments[0].converted(to: type)
        }
    }
}
