import CostModel

/// Clusters of EKS with their nodes, and services that run on Fargate.
enum AWSContainers {
    static let models: [PriceModel] = [
        PriceModel("aws_eks_cluster") { draft throws(EstimateObstacle) in
            let version = try draft.arguments.text("version")
            let isOver = version.map(AWSSupport.isOver(kubernetes:)) ?? false
            draft.hourly(
                "control plane", draft.price("AmazonEKS", "cluster", ["support": ["standard"]]), draft.published("EKS cluster"),
                note: isOver ? nil : version.map { "at the price of standard support: whether \($0) is in it changes with time" })
            // Who asks for standard support only is upgraded when it ends.
            if isOver, try draft.arguments.block("upgrade_policy")?.text("support_type") != "STANDARD" {
                draft.hourly(
                    "extended support", count: FixedDecimal(1),
                    ways: [draft.price("AmazonEKS", "cluster", ["support": ["extended surcharge"]])],
                    remark: "it costs five times what the cluster does")
            }
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
            try draft.add(machine, count: draft.instances(count), isSpot: isSpot, name: "nodes")
        },
        PriceModel("aws_eks_fargate_profile") { draft throws(EstimateObstacle) in
            draft.usage("vCPU", "vCPU", draft.published("Per vCPU per hour", units: ["CPU"]))
            draft.usage("memory", "GB", draft.published("Per GB per hour", units: ["GB"]))
        },
        PriceModel("aws_ecs_service") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let strategies = try arguments.blocks("capacity_provider_strategy")
            let provider = try strategies.first?.text("capacity_provider")
            let stated = try arguments.text("launch_type") ?? provider
            let launch = try stated ?| draft.clusterProvider() ?? "EC2"
            // On EC2 its machines are paid for, and it costs nothing itself.
            guard launch.hasPrefix("FARGATE") else { return }
            guard launch == "FARGATE" else { throw .notPriced("spot prices change, and no list has them") }
            guard let task = draft.other("task_definition", of: "aws_ecs_task_definition", called: "family") else {
                throw .unknown("its task definition is not in this code")
            }
            let definition = Arguments(task.attributes)
            guard let cpu = try definition.size("cpu", unit: "vcpu"), let memory = try definition.size("memory", unit: "gb") else {
                throw .unknown("its task definition does not say 'cpu' and 'memory'")
            }
            // Without a number there are none, as Terraform has it; services are then scaled by others.
            guard let count = try arguments.number("desired_count") else { throw .unknown("the code does not say 'desired_count'") }
            let platform = try definition.block("runtime_platform")
            let architecture = try platform?.text("cpu_architecture") == "ARM64" ? "arm64" : "x86_64"
            guard try platform?.text("operating_system_family")?.hasPrefix("WINDOWS") != true else {
                throw .notPriced("no price is known for Windows on Fargate")
            }
            draft.fargate(
                "vCPU", "vcpu", count.multiplied(by: cpu.scaled(by: 1, over: 1024)), architecture, published: ("Per vCPU per hour", "CPU"))
            draft.fargate(
                "memory", "memory", count.multiplied(by: memory.scaled(by: 1, over: 1024)), architecture,
                published: ("Per GB per hour", "GB"))
        },
        PriceModel("aws_ecr_repository") { draft throws(EstimateObstacle) in
            draft.usage("storage", "GB-month", key: "storage_gb", draft.published("Storage", units: ["GB-month"]))
        },
    ]
}

extension PriceDraft {
    /// How a cluster runs what does not say how it runs.
    fileprivate func clusterProvider() throws(EstimateObstacle) -> String? {
        guard let cluster = other("cluster", of: "aws_ecs_cluster") else {
            // Of what can run on Fargate only, its cluster says more.
            let task = other("task_definition", of: "aws_ecs_task_definition", called: "family").map { Arguments($0.attributes) }
            guard arguments.has("cluster"), try task?.count("requires_compatibilities") == 1,
                try task?.firstText("requires_compatibilities") == "FARGATE"
            else { return nil }
            throw .unknown("its cluster is not in this code, which says what it runs on")
        }
        let name = cluster.attributes["name"]?.value
        let settings = others.resources.first { setting in
            guard setting.type == "aws_ecs_cluster_capacity_providers", setting.identity.root == cluster.identity.root else { return false }
            return Arguments(setting.attributes).reference("cluster_name") == cluster.identity.address
                || name != nil && setting.attributes["cluster_name"]?.value == name
        }
        for said in [settings, cluster].compactMap({ $0 }) {
            let strategies = try Arguments(said.attributes).blocks("default_capacity_provider_strategy")
            if let first = strategies.first { return try first.text("capacity_provider") }
        }
        return nil
    }

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

extension Arguments {
    /// A task's share of a processor or its memory: `1024`, or `1 vCPU` and `2 GB`.
    fileprivate func size(_ name: String, unit: String) throws(EstimateObstacle) -> FixedDecimal? {
        guard let text = try text(name)?.lowercased(), text.hasSuffix(unit) else { return try number(name) }
        let digits = String(text.dropLast(unit.count)).split(separator: " ").joined()
        let stated = try Arguments([name: ResourceAttribute(.string(digits))]).number(name)
        return stated?.multiplied(by: FixedDecimal(1024))
    }
}
