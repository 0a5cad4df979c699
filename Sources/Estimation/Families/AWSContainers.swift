import CostModel

/// Clusters of EKS with their nodes, and services that run on Fargate.
enum AWSContainers {
    static let models: [PriceModel] = [
        PriceModel("aws_eks_cluster") { draft throws(EstimateObstacle) in
            draft.hourly(
                "control plane", draft.price("AmazonEKS", "cluster", ["support": ["standard"]]), draft.published("EKS cluster"),
                note: try draft.arguments.text("version").map {
                    "at the price of standard support: whether \($0) is in it changes with time"
                })
        },
        PriceModel("aws_eks_node_group") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            guard let scaling = try arguments.block("scaling_config"),
                let count = try scaling.number("desired_size") ?| scaling.number("min_size")
            else { throw .unknown("the code does not say 'scaling_config.desired_size'") }
            let template = try AWSCompute.template(of: arguments, in: draft)
            let stated = try arguments.firstText("instance_types")
            let type = try stated ?| template?.text("instance_type") ?? "t3.medium"
            let isSpot = try arguments.text("capacity_type") == "SPOT"
            let isWindows = try arguments.text("ami_type")?.hasPrefix("WINDOWS") ?? false
            var machine = try Machine(
                Arguments(["instance_type": ResourceAttribute(.string(type))]), template: template)
            machine.system = isWindows ? "Windows" : "Linux"
            machine.burst = "standard"
            if machine.volumes.isEmpty, machine.root == nil {
                let size = try arguments.number("disk_size") ?? FixedDecimal(isWindows ? 50 : 20)
                machine.root = try Volume(type: "gp2", size: size, Arguments([:]))
            }
            draft.add(machine, count: count, isSpot: isSpot, name: "nodes")
        },
        PriceModel("aws_eks_fargate_profile") { draft throws(EstimateObstacle) in
            draft.usage("vCPU", "vCPU", draft.published("Per vCPU per hour", units: ["CPU"]))
            draft.usage("memory", "GB", draft.published("Per GB per hour", units: ["GB"]))
        },
        PriceModel("aws_ecs_service") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let strategies = try arguments.blocks("capacity_provider_strategy")
            let provider = try strategies.first?.text("capacity_provider")
            let launch = try arguments.text("launch_type") ?? provider ?? "EC2"
            // On EC2 its machines are paid for, and it costs nothing itself.
            guard launch.hasPrefix("FARGATE") else { return }
            guard launch == "FARGATE" else { throw .notPriced("spot prices change, and no list has them") }
            guard let task = draft.other("task_definition") else { throw .unknown("its task definition is not in this code") }
            let definition = Arguments(task.attributes)
            guard let cpu = try definition.number("cpu"), let memory = try definition.number("memory") else {
                throw .unknown("its task definition does not say 'cpu' and 'memory'")
            }
            // Without a number there are none, as Terraform has it; services are then scaled by others.
            guard let count = try arguments.number("desired_count") else { throw .unknown("the code does not say 'desired_count'") }
            let platform = try definition.block("runtime_platform")
            let architecture = try platform?.text("cpu_architecture") == "ARM64" ? "arm64" : "x86_64"
            guard try platform?.text("operating_system_family")?.hasPrefix("WINDOWS") != true else {
                throw .notPriced("no price is known for Windows on Fargate")
            }
            draft.fargate("vCPU", "vcpu", count.times(cpu.scaled(by: 1, over: 1024)), architecture, published: ("Per vCPU per hour", "CPU"))
            draft.fargate(
                "memory", "memory", count.times(memory.scaled(by: 1, over: 1024)), architecture, published: ("Per GB per hour", "GB"))
        },
        PriceModel("aws_ecr_repository") { draft throws(EstimateObstacle) in
            draft.usage("storage", "GB-month", key: "storage_gb", draft.published("Storage", units: ["GB-month"]))
        },
    ]
}

extension PriceDraft {
    /// - Parameter published: what a published estimate calls it, and the unit there, of which one lasts a month.
    fileprivate mutating func fargate(
        _ name: String, _ dimension: String, _ amount: FixedDecimal, _ architecture: String, published known: (label: String, unit: String)
    ) {
        var month = published(known.label, units: [known.unit])
        // The part counts hours.
        month.factor = FixedDecimal(1).scaled(by: 1, over: 730)
        let hour = price(
            "AmazonECS", "fargate", ["dimension": [dimension], "os": ["Linux"], "architecture": [architecture]],
            units: ["vCPU-hour", "GB-hour"])
        let options = architecture == "x86_64" ? [hour, month] : [hour]
        hourly(name, count: amount, options)
    }

    fileprivate mutating func hourly(_ name: String, count: FixedDecimal, _ options: [PricedPart.Option]) {
        if options.count > 1 { hourly(name, count: count, options[0], options[1]) } else { hourly(name, count: count, options[0]) }
    }
}
