import type { SlidePlan } from './compiler/plan.ts'
import { defineDecks } from './compiler/plan.ts'

/**
 * The plan of the talk, by the headings' ids, in the talk's order. English and French articles share it: they have the same ids.
 * `minutes` add up to the whole talk (45 to 60), those marked `short` to the path of about 20.
 */
const slides: Record<string, SlidePlan> = {
  'cover': {
    component: 'ClusterStar',
    minutes: 0.5,
    notes: {
      en: 'Welcome. One file leads us through this talk: a Deployment of three pods. At the end of it everyone here can say, without slides, who does what between kubectl apply and the first visit.',
      fr: 'Bienvenue. Un seul fichier nous guide : un Deployment de trois pods. À la fin, chacun ici saura dire, sans diapositives, qui fait quoi entre kubectl apply et la première visite.',
    },
  },
  'kubernetes-architecture': { short: true, minutes: 0.5 },
  'desired-state': {
    short: true,
    minutes: 1,
    ask: {
      en: 'A machine dies at three in the morning. In your place of work, who notices first?',
      fr: 'Une machine meurt à trois heures du matin. Chez vous, qui s’en aperçoit le premier ?',
    },
  },
  'the-thread': {
    short: true,
    minutes: 1,
    ask: {
      en: 'Which of these lines says where the pods should run?',
      fr: 'Laquelle de ces lignes dit où les pods doivent tourner ?',
    },
  },
  'two-layers': {
    diagram: 'component-layers',
    steps: [['kube-apiserver', 'etcd', 'kube-scheduler', 'kube-controller-manager', 'cloud-controller-manager'], ['kubelet-1', 'runtime-1', 'proxy-1', 'kubelet-2', 'runtime-2', 'proxy-2'], ['kube-apiserver']],
    wide: true,
    short: true,
    minutes: 1.5,
    ask: {
      en: 'Which of these boxes could we switch off for a minute without a visitor noticing?',
      fr: 'Laquelle de ces boîtes pourrait-on éteindre une minute sans qu’un visiteur le remarque ?',
    },
  },
  'hub': {
    lead: false,
    actor: 'kube-apiserver',
    short: true,
    minutes: 1.5,
    ask: {
      en: 'How does the kubelet learn that it has a new pod, if nobody calls it?',
      fr: 'Comment le kubelet apprend-il qu’il a un nouveau pod, si personne ne l’appelle ?',
    },
  },
  'two-doors': {
    diagram: 'macro-architecture',
    steps: [['kubectl', 'kube-apiserver'], ['visitors', 'kube-proxy', 'pods']],
    wide: true,
    minutes: 1,
    ask: {
      en: 'The control plane is down. Does the web site still answer?',
      fr: 'Le plan de contrôle est en panne. Le site répond-il encore ?',
    },
  },
  'apply-to-ready': {
    diagram: 'apply-to-ready',
    steps: [['kubectl', 'kube-apiserver'], ['deployment-controller', 'kube-apiserver'], ['replicaset-controller', 'kube-apiserver'], ['kube-scheduler', 'kube-apiserver'], ['kubelet', 'kube-apiserver'], ['endpointslice-controller', 'kube-apiserver'], ['kube-apiserver', 'kube-proxy']],
    wide: true,
    short: true,
    minutes: 1.5,
    ask: {
      en: 'Which of the seven could you stop without a pod that already runs being hurt?',
      fr: 'Laquelle des sept pourrait-on arrêter sans nuire à un pod qui tourne déjà ?',
    },
  },

  'kubernetes-solutions': { minutes: 0.5 },
  'conformance': {
    minutes: 1,
    ask: {
      en: 'What does the certificate not promise?',
      fr: 'Que ne promet pas le certificat ?',
    },
  },
  'who-runs-what': {
    steps: [['hosted'], ['distribution'], ['installer'], ['bare metal']],
    component: 'WhoRunsWhat',
    wide: true,
    minutes: 2,
    ask: {
      en: 'A pod of yours will not start on a managed cluster. Is that the provider’s affair or yours?',
      fr: 'Sur un cluster managé, un de vos pods ne démarre pas. Est-ce l’affaire du fournisseur ou la vôtre ?',
    },
  },
  'ovh-kaas': {
    diagram: 'ovh-kaas',
    steps: [['provider', 'a', 'api-a', 'etcd-a', 'b', 'api-b', 'etcd-b', 'etcd'], ['openstack', 'node-a1', 'node-a2', 'node-b1'], ['api-a', 'node-a1', 'node-a2', 'api-b', 'node-b1']],
    wide: true,
    minutes: 1.5,
    ask: {
      en: 'And who runs the control plane of the outer cluster?',
      fr: 'Et qui fait tourner le plan de contrôle du cluster extérieur ?',
    },
  },
  'bare-metal-parts': {
    minutes: 1,
    ask: {
      en: 'Which of the four would cost you the most sleep?',
      fr: 'Laquelle des quatre vous ôterait le plus de sommeil ?',
    },
  },

  'cncf': { minutes: 0.5 },
  'landscape-2017': {
    component: 'LandscapeLayers',
    steps: [['infrastructure'], ['provisioning'], ['runtime'], ['orchestration'], ['application'], ['platforms', 'observability']],
    wide: true,
    minutes: 1,
    ask: {
      en: 'In which layer do you spend most of your day?',
      fr: 'Dans quelle couche passez-vous le plus clair de vos journées ?',
    },
  },
  'landscape-2026': {
    steps: [['graduated'], ['kubernetes', 'coredns', 'containerd', 'etcd']],
    component: 'Landscape',
    wide: true,
    minutes: 1.5,
    ask: {
      en: 'Which of these projects have you already used, perhaps without knowing it?',
      fr: 'Lesquels de ces projets avez-vous déjà utilisés, peut-être sans le savoir ?',
    },
  },
  'exams': {
    diagram: 'certifications',
    steps: [['kcna', 'kcsa'], ['ckad', 'cka'], ['cks'], ['kubestronaut']],
    wide: true,
    minutes: 1,
    ask: {
      en: 'Why would an examiner give most marks for repairing?',
      fr: 'Pourquoi un examinateur donnerait-il le plus de points à la réparation ?',
    },
  },

  'control-plane-components': { short: true, minutes: 0.5 },
  'five-programs': {
    short: true,
    items: false,
    minutes: 1,
    ask: {
      en: 'Which one of the five must never be lost?',
      fr: 'Lequel des cinq ne doit jamais être perdu ?',
    },
  },
  'etcd-role': {
    actor: 'etcd',
    short: true,
    minutes: 1,
    ask: {
      en: 'What could somebody do who may write to etcd, but has no rights in the cluster?',
      fr: 'Que pourrait faire quelqu’un qui peut écrire dans etcd, sans aucun droit dans le cluster ?',
    },
  },
  'etcd-watch': {
    scene: 'etcd-watch',
    actor: 'etcd',
    minutes: 2,
    ask: {
      en: 'A watcher was away for an hour. What must it remember to miss nothing?',
      fr: 'Un observateur s’est absenté une heure. Que doit-il avoir retenu pour ne rien manquer ?',
    },
  },
  'etcd-raft': {
    scene: 'etcd-raft',
    actor: 'etcd',
    minutes: 2,
    ask: {
      en: 'Do four members survive more failures than three?',
      fr: 'Quatre membres survivent-ils à plus de pannes que trois ?',
    },
  },
  'etcd-wrong': {
    lead: false,
    actor: 'etcd',
    kind: 'wrong-right',
    minutes: 1,
    ask: {
      en: 'What would every node need, if each kubelet asked etcd itself?',
      fr: 'Que faudrait-il sur chaque nœud si les kubelets interrogeaient etcd eux-mêmes ?',
    },
  },
  'apiserver-role': {
    actor: 'kube-apiserver',
    short: true,
    minutes: 1,
    ask: {
      en: 'Which of these six requests could we lose and still get three Ready pods?',
      fr: 'Laquelle de ces six requêtes pourrait-on perdre et obtenir quand même trois pods Ready ?',
    },
  },
  'api-request': {
    scene: 'api-request',
    actor: 'kube-apiserver',
    minutes: 2,
    ask: {
      en: 'You get a 403 and your neighbour a 422 for the same file. Who has to change what?',
      fr: 'Vous recevez un 403, votre voisin un 422, pour le même fichier. Qui doit changer quoi ?',
    },
  },
  'watch-fanout': {
    scene: 'watch-fanout',
    actor: 'kube-apiserver',
    minutes: 2,
    ask: {
      en: 'What does a watcher lose that has to list everything again?',
      fr: 'Que perd un observateur qui doit relire toute la liste ?',
    },
  },
  'kcm-role': {
    diagram: 'reconcile-loop',
    steps: [['kube-apiserver', 'watch'], ['watch', 'compare'], ['compare', 'act'], ['act', 'kube-apiserver']],
    wide: true,
    actor: 'kube-controller-manager',
    short: true,
    minutes: 1.5,
    ask: {
      en: 'You delete one of the three pods. How many are there a second later?',
      fr: 'Vous supprimez l’un des trois pods. Combien y en a-t-il une seconde plus tard ?',
    },
  },
  'kcm-wrong': {
    actor: 'kube-controller-manager',
    kind: 'wrong-right',
    minutes: 1,
    ask: {
      en: 'What has your application written to a pod’s disk that the next pod will miss?',
      fr: 'Qu’a écrit votre application sur le disque d’un pod, que le suivant n’aura pas ?',
    },
  },
  'ccm-role': {
    diagram: 'cloud-controllers',
    steps: [['kube-apiserver', 'node-controller', 'cloud'], ['kube-apiserver', 'route-controller', 'cloud'], ['kube-apiserver', 'service-controller', 'cloud']],
    wide: true,
    actor: 'cloud-controller-manager',
    minutes: 1.5,
    ask: {
      en: 'What happens on bare metal to a Service that asks for a load balancer?',
      fr: 'En bare metal, qu’arrive-t-il à un Service qui demande un répartiteur de charge ?',
    },
  },
  'scheduler-role': {
    actor: 'kube-scheduler',
    kind: 'wrong-right',
    short: true,
    minutes: 1,
    ask: {
      en: 'What happens to a pod that asks for nothing?',
      fr: 'Qu’arrive-t-il à un pod qui ne demande rien ?',
    },
  },
  'scheduler-decision': {
    scene: 'scheduler-decision',
    actor: 'kube-scheduler',
    short: true,
    minutes: 3,
    ask: {
      en: 'Before we look: which node would you choose, and why?',
      fr: 'Avant de regarder : quel nœud choisiriez-vous, et pourquoi ?',
    },
  },
  'scheduler-unschedulable': {
    scene: 'scheduler-unschedulable',
    wide: true,
    actor: 'kube-scheduler',
    minutes: 2,
    ask: {
      en: 'Where does this message say what you could change? Name three changes that could help.',
      fr: 'Où ce message dit-il ce que vous pourriez changer ? Citez trois changements utiles.',
    },
  },
  'kubelet': {
    diagram: 'worker-node',
    steps: [['kube-apiserver', 'kubelet'], ['kubelet', 'runtime', 'pods'], ['kube-apiserver', 'kube-proxy', 'rules', 'pods']],
    wide: true,
    actor: 'kubelet',
    short: true,
    minutes: 1.5,
    ask: {
      en: 'The cable of node-2 is cut. Who notices, and by what?',
      fr: 'Le câble de node-2 est coupé. Qui s’en aperçoit, et à quoi ?',
    },
  },
  'container-runtime': {
    actor: 'container-runtime',
    kind: 'wrong-right',
    minutes: 1,
    ask: {
      en: 'Which of your Dockerfiles had to change for v1.24?',
      fr: 'Lesquels de vos Dockerfiles ont dû changer pour la v1.24 ?',
    },
  },
  'kube-proxy': {
    actor: 'kube-proxy',
    kind: 'wrong-right',
    minutes: 1,
    ask: {
      en: 'kube-proxy stops on one node. Do its pods still get visitors?',
      fr: 'kube-proxy s’arrête sur un nœud. Ses pods reçoivent-ils encore des visiteurs ?',
    },
  },

  'first-cluster': { minutes: 0.5 },
  'cluster-info-then-now': {
    columns: 2,
    kind: 'then-now',
    lead: false,
    minutes: 1,
    ask: {
      en: 'Find the two words that have changed.',
      fr: 'Trouvez les deux mots qui ont changé.',
    },
  },
  'apply-session': {
    minutes: 1,
    ask: {
      en: 'We typed one object. Who wrote the other four?',
      fr: 'Nous avons tapé un objet. Qui a écrit les quatre autres ?',
    },
  },
  'watch-pod': {
    actor: 'kubectl',
    minutes: 1,
    ask: {
      en: 'The first two lines look the same. What has changed between them?',
      fr: 'Les deux premières lignes se ressemblent. Qu’est-ce qui a changé entre elles ?',
    },
  },

  'take-home': { minutes: 0.5 },
  'five-sentences': { short: true, minutes: 1 },
  'changes': {
    minutes: 1,
    ask: {
      en: 'Which of these words do you still hear in your team?',
      fr: 'Lesquels de ces mots entendez-vous encore dans votre équipe ?',
    },
  },
  'sources-links': { short: true, minutes: 0.5 },
  'end': {
    component: 'ClusterStar',
    minutes: 0.5,
    notes: {
      en: 'If nobody asks: what happens to our pod when node-2 is switched off? Let the room tell it, component by component.',
      fr: 'Si personne ne demande rien : qu’arrive-t-il à notre pod quand on éteint node-2 ? Laissez la salle le raconter, composant par composant.',
    },
  },
}

export default defineDecks({
  decks: [
    {
      article: 'article/introducing-kubernetes-architecture.en.md',
      language: 'en',
      output: 'slides.md',
      bareHeadings: 'kicker',
      slides,
    },
    {
      article: 'article/introducing-kubernetes-architecture.fr.md',
      language: 'fr',
      output: 'slides.fr.md',
      bareHeadings: 'kicker',
      slides,
    },
  ],
})
