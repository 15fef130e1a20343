// The people of the demo studio: who runs it, who teaches, and who comes to train.
import type { Role } from '@fitflow/contract/identity.ts'
import { demoAddress } from './sign-ins.ts'

export interface DemoPerson {
  email: string
  name: string
  role: Role
}

export interface DemoTrainer extends DemoPerson {
  bio: string
}

export const demoAdmin: DemoPerson = { email: demoAddress('admin'), name: 'Carmen Ibarra', role: 'admin' }

const trainer = (name: string, fullName: string, bio: string): DemoTrainer => ({ email: demoAddress(name), name: fullName, role: 'trainer', bio })

export const demoTrainers = {
  alex: trainer('alex', 'Alex Moreno', 'Strength coach. Fifteen years under the bar, and still counting reps aloud. Small groups, clean technique, no shouting.'),
  noa: trainer('noa', 'Noa Etxeberria', 'Yoga and mobility. Trained in Mysore and in physiotherapy; will notice the shoulder you are protecting.'),
  iker: trainer('iker', 'Iker Zubiri', 'Boxing and intervals. A former amateur champion who believes that everybody has one more round.'),
  amara: trainer('amara', 'Amara Okafor', 'Pilates and indoor cycling. Precise on the reformer, merciless on the last climb.'),
} as const

export type TrainerName = keyof typeof demoTrainers

/** Members 1 to 40, in this order. */
const members = `
  Marta Soler, Daniel Okoye, Lucía Fernández, Hugo Castellanos, Ana Belén Ruiz, Tomás Herrera, Ingrid Lindqvist, Pablo Navarro,
  Yasmin El Amrani, Javier Ortega, Nuria Campos, Kenji Watanabe, Elena Vidal, Sergio Blanco, Chloé Marchand, Álvaro Peña,
  Priya Raman, Rubén Gallego, Sofía Cabrera, Matteo Ricci, Irene Pascual, Olivia Bennett, Diego Santamaría, Aitana Mora,
  Karim Benali, Laura Esteban, Jakub Nowak, Rocío Márquez, Andrés Lozano, Zeynep Kaya, Gonzalo Rivas, Emma Fischer,
  Mateo Salgado, Paula Iglesias, Liam O’Connor, Valeria Quiroga, Samuel Prieto, Mei Chen, Adrián Cuesta, Beatriz Alonso`

/** The rest of the studio, so that its classes are as full as a good one’s. */
const regulars = `
  Carlos Mendoza, Teresa Aguilar, Jorge Carmona, Silvia Rey, Bruno Almeida, Cristina Vega, Oscar Domínguez, Fátima Zahra Idrissi,
  Manuel Cano, Patricia Luna, Raúl Serrano, Isabel Montero, Viktor Petrov, Alba Crespo, Nicolás Fuentes, Marina Pons,
  Guillermo Arias, Julia Hoffmann, Ignacio Bravo, Candela Robles, Rachel Cohen, Víctor Molina, Eva Santos, Martín Acosta,
  Lorena Gil, Omar Haddad, Claudia Rojas, Fernando Ibáñez, Inés Valverde, Thiago Barbosa, Miriam Nieto, Alejandro Crespo,
  Natalia Duarte, Ismael Benítez, Carla Ferrer, Joaquín Medina, Anika Sharma, Roberto Pardo, Leire Goikoetxea, Felipe Contreras,
  Ainhoa Mendizábal, Dario Conti, Pilar Casado, Emilio Barrios, Sara Lorenzo, Ewan Campbell, Gloria Santana, Hassan Farouk,
  Lola Benavides, Marcos Tejedor, Noelia Ramos, Philippe Laurent, Raquel Soto, Unai Aguirre, Verónica Calvo, Xavier Puig,
  Yolanda Parra, Iván Delgado, Aroa Sanz, Benjamin Weiss, Celia Marín, David Escudero, Estela Roca, Fabio Moretti,
  Gema Hidalgo, Héctor Palacios, Ivana Horvat, Jaime Cordero, Katarzyna Zielińska, Luis Miguel Toro, Mónica Bermejo, Nadia Rahmani,
  Óliver Manzano, Penélope Aranda, Quim Serra, Rosa Villalba, Simón Carvajal, Tania Redondo, Ulises Maldonado, Vera Kuznetsova,
  Walter Giménez, Ximena Paredes, Youssef Mansour, Zoe Llorente, Abril Cortés, Borja Ugarte, Clara Espinosa, Dolores Ferreira,
  Eduardo Lago, Francisca Mena, Gabriel Otero, Helena Brandt, Ingo Schreiber, Jimena Correa, Konstantin Ivanov, Lidia Sarmiento,
  Mario Bustos, Nerea Zabala, Olga Sokolova, Pedro Nogueira, Rafael Trujillo, Susana Beltrán, Tirso Cifuentes, Úrsula Bianchi,
  Vicente Aranguren, Wen Li, Yago Somoza, Zulema Hernández, Amelia Grant, Blas Rueda, Catalina Osorio, Damián Vera,
  Elisa Monzón, Finn Larsen, Greta Nilsson, Hernán Castaño, Iria Novoa, Joel Batista, Kira Jansen, León Arroyo`

const namesIn = (text: string) => text.split(',').map(name => name.trim())

export const demoMembers: readonly DemoPerson[] = namesIn(members).map((name, at) => ({ email: demoAddress(`member${at + 1}`), name, role: 'client' }))

export const demoRegulars: readonly DemoPerson[] = namesIn(regulars).map(name => ({ email: demoAddress(mailboxOf(name)), name, role: 'client' }))

/** "Zoe Llorente" has `zoe.llorente`: plain letters and dots. */
function mailboxOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/[^A-Za-z ]/g, '')
  return plain.toLowerCase().replaceAll(' ', '.')
}
