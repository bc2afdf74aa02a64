/** The people of the demo organization Acme, by what they do in the journeys. */
export const password = 'handstamp-demo';
export const org = 'acme';

export const asha = { name: 'Asha Rao', email: 'asha.rao@acme.example' };
export const ravi = { name: 'Ravi Menon', email: 'ravi.menon@acme.example' };
export const meera = { name: 'Meera Iyer', email: 'meera.iyer@acme.example' };
export const admin = { name: 'Nandini Shah', email: 'admin@acme.example' };
export const fatima = { name: 'Fatima Siddiqui', email: 'fatima.siddiqui@acme.example' };
export const nikhil = { name: 'Nikhil Patil', email: 'nikhil.patil@acme.example' };
export const ishita = { name: 'Ishita Roy', email: 'ishita.roy@acme.example' };
export const kavita = { name: 'Kavita Joshi', email: 'kavita.joshi@acme.example' };
export const vivek = { name: 'Vivek Chandra', email: 'vivek.chandra@acme.example' };
export const maya = { name: 'Maya Fernandes', email: 'maya.fernandes@acme.example' };
export const salim = { name: 'Salim Qureshi', email: 'salim.qureshi@acme.example' };
export const geeta = { name: 'Geeta Rawat', email: 'geeta.rawat@acme.example' };
export const karan = { name: 'Karan Ahuja', email: 'karan.ahuja@acme.example' };
export const siddharth = { name: 'Siddharth Jain', email: 'siddharth.jain@acme.example' };

export const lakshmi = { name: 'Lakshmi Narayanan', email: 'lakshmi.narayanan@acme.example' };
export const dev = { name: 'Dev Raman', email: 'dev.raman@acme.example' };
export const george = { name: 'George Mathew', email: 'george.mathew@acme.example' };
export const neha = { name: 'Neha Kapoor', email: 'neha.kapoor@acme.example' };
export const harpreet = { name: 'Harpreet Singh', email: 'harpreet.singh@acme.example' };
export const bala = { name: 'Bala Subramaniam', email: 'bala.subramaniam@acme.example' };
export const manoj = { name: 'Manoj Tiwari', email: 'manoj.tiwari@acme.example' };
export const farah = { name: 'Farah Khan', email: 'farah.khan@acme.example' };

export type Person = { name: string; email: string };
